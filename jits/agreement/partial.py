"""What was filled in so far: whether each piece of it is what the parameter asks for. What is not filled in is no fault here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from jits.agreement import values
from jits.agreement.structure import Parameter

ENTRY: Final = "entry"
"""The one column of a list, which has rows as a table has them."""
_IN_PIECES: Final = frozenset({"text", "prose", "list", "rows"})


def columns(parameter: Parameter) -> Mapping[str, str]:
    """The columns of a table with their kinds; a list has one."""
    return {ENTRY: "prose"} if parameter.kind == "list" else parameter.columns


def longest(parameter: Parameter, kind: str) -> int:
    """How many letters a text or prose of this parameter may have: in a row or a list as many as a line has."""
    whole = parameter.kind == "prose" or parameter.name == "amendments"
    return values.LONGEST_PROSE if kind == "prose" and whole else values.LONGEST_TEXT


def piece_faults(parameter: Parameter, kind: str, text: str, *, label: str) -> Iterator[str]:
    """Sentences about one text that was typed, in one language."""
    if text.strip():
        one = Parameter(name="", kind="prose" if longest(parameter, kind) > values.LONGEST_TEXT else "text")
        yield from values.faults(one, text, language="", label=label)


def faults(parameter: Parameter, value: Any, *, label: str) -> Iterator[str]:
    """Sentences about a value that may not be complete yet. What has the wrong shape altogether is refused."""
    if parameter.kind not in _IN_PIECES:
        yield from values.faults(parameter, value, language="", label=label)
        return
    try:
        pieces = list(_pieces(parameter, value))
    except (TypeError, AttributeError, KeyError, ValueError):
        yield _("“%(label)s” is not filled in as it should be.") % {"label": label}
        return
    for kind, text in pieces:
        yield from piece_faults(parameter, kind, text, label=label)


def _pieces(parameter: Parameter, value: Any) -> Iterator[tuple[str, str]]:
    """Every text of a value. Raises TypeError, AttributeError, KeyError or ValueError for another shape."""
    if parameter.kind in {"text", "prose"}:
        yield from _texts(parameter.kind, value)
        return
    if len(value) > values.MOST_ROWS:
        raise ValueError(parameter.name)
    for row in value:
        cells = {ENTRY: row} if parameter.kind == "list" else row
        if set(cells) != set(columns(parameter)):
            raise KeyError(parameter.name)
        for name, kind in columns(parameter).items():
            yield from _texts(kind, cells[name])


def _texts(kind: str, value: Any) -> Iterator[tuple[str, str]]:
    texts = value.values() if isinstance(value, Mapping) else [value]
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(kind)
        yield kind, text
