"""What stands in braces in a text: ``{name}`` for a parameter, ``{§clause}`` for the number of a clause."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_PLACEHOLDER: Final = re.compile(r"\{(§?)([a-z0-9_.]+)\}")


def parameters(text: str) -> tuple[str, ...]:
    """The names of the parameters, in the order of the text."""
    return tuple(found[2] for found in _PLACEHOLDER.finditer(text) if not found[1])


def references(text: str) -> tuple[str, ...]:
    """The ids of the clauses that the text refers to."""
    return tuple(found[2] for found in _PLACEHOLDER.finditer(text) if found[1])


def filled(text: str, *, value: Callable[[str], str], number: Callable[[str], str]) -> str:
    """The text with every placeholder replaced, once: what a value holds is never looked at again."""
    return _PLACEHOLDER.sub(lambda found: number(found[2]) if found[1] else value(found[2]), text)


def is_clean(text: str) -> bool:
    """Whether every brace belongs to a placeholder."""
    return not re.search(r"[{}§]", _PLACEHOLDER.sub("", text))
