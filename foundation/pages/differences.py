"""Which words were added and which taken away: for two texts that grew from the same one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, TAKEN = "same", "added", "taken"
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, was added or was taken away."""

    kind: str
    text: str


def split(text: str) -> list[str]:
    """Words, each with the space after it: put together they are the text again."""
    return _WORDS.findall(text)


def between(before: Sequence[str], after: Sequence[str]) -> tuple[Piece, ...]:
    """How ``after`` came from ``before``. A long text of few different words counts as written anew, which bounds the work."""
    pieces: list[Piece] = []
    for _tag, first, last, start, end in SequenceMatcher(None, before, after).get_opcodes():
        taken, added = "".join(before[first:last]), "".join(after[start:end])
        if taken == added:
            pieces.append(Piece(SAME, added))
            continue
        pieces += [Piece(kind, text) for kind, text in ((TAKEN, taken), (ADDED, added)) if text]
    return tuple(pieces)
