"""What differs between two texts, word by word, and between two documents, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from jits.agreement.content import Clause, Document, fingerprint

KEPT: Final = "kept"
REMOVED: Final = "removed"
INSERTED: Final = "inserted"

# A word with the marks that stand above its letters, and apostrophes or hyphens within it; or one sign that is neither word nor space.
_WORD: Final = re.compile(r"\w[\w\u0300-\u036f]*(?:['’\-]\w[\w\u0300-\u036f]*)*|[^\w\s]")
# Where no word is single on both sides, the search costs the product of the lengths; beyond this the stretch is taken as replaced.
_EXACT: Final = 40_000


@dataclass(frozen=True, kw_only=True)
class Span:
    """Words of a text that were kept, removed or inserted, with the spaces between them."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ClauseDifference:
    """What became of a clause: ``kept``, ``changed``, ``added`` or ``removed``, and whether it stands in another order than before."""

    id: str
    kind: str
    moved: bool
    old: Clause | None
    new: Clause | None
    heading: tuple[Span, ...]
    words: tuple[Span, ...]


def differences(old: str, new: str) -> tuple[Span, ...]:
    """The spans of both texts in reading order. Kept and removed ones make the old text, kept and inserted ones the new.

    Whole words are compared, punctuation apart; a text of any length takes time in proportion to it, since long stretches that have
    nothing single in common are taken as replaced.
    """
    before, after = _Text(old), _Text(new)
    spans = _Spans()
    done_old = done_new = 0
    for at_old, at_new, length in matches(before.words, after.words):
        spans.replaced(before.between(done_old, at_old), after.between(done_new, at_new))
        for step in range(length):
            spans.replaced(before.gaps[at_old + step], after.gaps[at_new + step])
            spans.add(KEPT, before.words[at_old + step])
        done_old, done_new = at_old + length, at_new + length
    spans.replaced(before.between(done_old, len(before.words)), after.between(done_new, len(after.words)))
    spans.replaced(before.gaps[-1], after.gaps[-1])
    return spans.merged()


def compare(old: Document, new: Document) -> tuple[ClauseDifference, ...]:
    """Every clause of both documents, in the order of the new one, removed ones where they stood.

    A clause that only has another number, because another was inserted before it, is kept; one that changed places with its neighbours
    is moved.
    """
    before, after = {each.id: each for each in old.clauses}, {each.id: each for each in new.clauses}
    moved = _moved([name for name in before if name in after], [name for name in after if name in before])
    return tuple(
        _difference(name, before.get(name), after.get(name), moved=name in moved) for name in _order(before, after)
    )


def matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Runs of equal words, as (place in the old, place in the new, how many), in order and without overlap.

    Equal beginnings and ends are taken first, then the words that are single on both sides anchor the rest, stretch by stretch.
    """
    found: list[tuple[int, int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        start_old, end_old, start_new, end_new = waiting.pop()
        head, tail = _same_ends(old, new, (start_old, end_old, start_new, end_new))
        found += [(start_old, start_new, head), (end_old - tail, end_new - tail, tail)]
        start_old, end_old, start_new, end_new = start_old + head, end_old - tail, start_new + head, end_new - tail
        if start_old == end_old or start_new == end_new:
            continue
        anchors = _anchors(old[start_old:end_old], new[start_new:end_new])
        if not anchors:
            found += _exact(old, new, (start_old, end_old, start_new, end_new))
            continue
        edges = [(start_old, start_new), *((start_old + a, start_new + b) for a, b in anchors), (end_old, end_new)]
        waiting += [(a, c, b, d) for (a, b), (c, d) in pairwise(edges)]
    return (run for run in sorted(found) if run[2])


class _Text:
    """The words of a text, and the gap before each of them and after the last."""

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        edges = [0, *(each.end() for each in found)]
        starts = [*(each.start() for each in found), len(text)]
        self.words = [each[0] for each in found]
        self.gaps = [text[edge:start] for edge, start in zip(edges, starts, strict=True)]

    def between(self, start: int, end: int) -> str:
        """Those words with the gap before each."""
        return "".join(self.gaps[at] + self.words[at] for at in range(start, end))


class _Spans:
    """Spans as they are found."""

    def __init__(self) -> None:
        self._found: list[tuple[str, list[str]]] = []

    def add(self, kind: str, text: str) -> None:
        """One piece of text."""
        if not text:
            return
        if self._found and self._found[-1][0] == kind:
            self._found[-1][1].append(text)
        else:
            self._found.append((kind, [text]))

    def replaced(self, old: str, new: str) -> None:
        """A stretch of both sides that may be the same."""
        if old == new:
            self.add(KEPT, old)
            return
        self.add(REMOVED, old)
        self.add(INSERTED, new)

    def merged(self) -> tuple[Span, ...]:
        """All of them, neighbours of a kind made one."""
        return tuple(Span(kind=kind, text="".join(texts)) for kind, texts in self._found)


def _same_ends(old: Sequence[str], new: Sequence[str], stretch: tuple[int, int, int, int]) -> tuple[int, int]:
    start_old, end_old, start_new, end_new = stretch
    most = min(end_old - start_old, end_new - start_new)
    head = 0
    while head < most and old[start_old + head] == new[start_new + head]:
        head += 1
    tail = 0
    while tail < most - head and old[end_old - 1 - tail] == new[end_new - 1 - tail]:
        tail += 1
    return head, tail


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest series of words that are single on both sides and stand in the same order, as pairs of places."""
    counts_old, counts_new = Counter(old), Counter(new)
    places = {word: at for at, word in enumerate(new) if counts_new[word] == 1}
    pairs = [(at, places[word]) for at, word in enumerate(old) if counts_old[word] == 1 and word in places]
    kept = _rising([place for _at, place in pairs])
    return [pairs[index] for index in kept]


def _rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising series among different numbers."""
    tails: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        holders[at : at + 1] = [index]
        before.append(holders[at - 1] if at else -1)
    series, index = [], holders[-1] if holders else -1
    while index >= 0:
        series.append(index)
        index = before[index]
    return series[::-1]


def _exact(
    old: Sequence[str], new: Sequence[str], stretch: tuple[int, int, int, int]
) -> Iterator[tuple[int, int, int]]:
    start_old, end_old, start_new, end_new = stretch
    if (end_old - start_old) * (end_new - start_new) > _EXACT:
        return
    matcher = SequenceMatcher(None, old[start_old:end_old], new[start_new:end_new], autojunk=False)
    for run in matcher.get_matching_blocks():
        yield start_old + run.a, start_new + run.b, run.size


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Those that must change places, the fewest possible."""
    places = {name: at for at, name in enumerate(old)}
    return set(new) - {new[index] for index in _rising([places[name] for name in new])}


def _order(before: dict[str, Clause], after: dict[str, Clause]) -> list[str]:
    """The new order, each removed clause after the one that it followed."""
    order = list(after)
    previous = ""
    for name in before:
        if name not in after:
            order.insert(order.index(previous) + 1 if previous else 0, name)
        previous = name
    return order


def _difference(name: str, old: Clause | None, new: Clause | None, *, moved: bool) -> ClauseDifference:
    if old is None or new is None:
        kind = "added" if old is None else "removed"
    else:
        kind = "kept" if fingerprint(old) == fingerprint(new) else "changed"
    return ClauseDifference(
        id=name,
        kind=kind,
        moved=moved,
        old=old,
        new=new,
        heading=differences(old.heading if old else "", new.heading if new else ""),
        words=differences(old.words if old else "", new.words if new else ""),
    )
