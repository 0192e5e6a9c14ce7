"""How a new document is marked before anybody chooses: as the record under which it is filed.

Which kind of record says how it is marked stands in ``wbcj/composition.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from foundation.access.models import Root
from foundation.components.handling import HandlingCode
from foundation.tenancy.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Marking:
    """Handling codes, and the words of H3."""

    codes: Sequence[str]
    text: str = ""


UNRESTRICTED = Marking(codes=(HandlingCode.H0.value,))
Reader = Callable[[UUID, Actor], Marking | None]

_readers: dict[str, Reader] = {}


def install(readers: Mapping[str, Reader]) -> None:
    """Take over the table: kind of a root, and what reads its marking through the walls."""
    _readers.clear()
    _readers.update(readers)


def of(root: Root, by: Actor) -> Marking:
    """The record's own marking, so that a file under a restricted one is not unrestricted by oversight; else H0."""
    reader = _readers.get(root.kind)
    return (reader(root.pk, by) if reader is not None else None) or UNRESTRICTED
