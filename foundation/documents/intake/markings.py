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

    @property
    def texts(self) -> tuple[str, ...]:
        """The restrictions in words, those of several records one after the other."""
        return tuple(words for words in (part.strip() for part in self.text.split(JOINED)) if words)


UNRESTRICTED = Marking(codes=(HandlingCode.H0.value,))
JOINED = "; "
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


def stricter(one: Marking, other: Marking) -> Marking:
    """Every restriction of both, in codes and in words; H0 only where there is none."""
    codes = sorted({*one.codes, *other.codes} - set(UNRESTRICTED.codes)) or list(UNRESTRICTED.codes)
    texts = dict.fromkeys((*one.texts, *other.texts)) if HandlingCode.H3 in codes else {}
    return Marking(codes=codes, text=JOINED.join(texts))
