"""From times to claims; of all actors the worst counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from bench.clock import Key
from bench.measuring import BOTH, JOINED, PLAIN, PRODUCT, QUERY, RAW, SELECT
from bench.report import Claim, at_most, plain

LISTS, DETAIL, OPENED = ("newest", "deep"), ("detail",), ("opened",)
RARE, COMMON, COUNT = ("rare word",), ("common word",), ("count",)
BOUNDED = ("opened", "due", "filter 1 %", "filter 0.01 %")
ALL = (*LISTS, *DETAIL, *BOUNDED, *RARE, *COMMON, *COUNT)
P95 = 150
# Counts are compared where about as much is counted: a count up to the cap is not one of a hundredth of it.
ALIKE = 0.8


@dataclass(frozen=True)
class Times:
    """Medians in milliseconds, and how many rows each page had."""

    medians: dict[Key, float]
    rows: dict[Key, int]
    limit: int
    p95: dict[Key, float] = field(default_factory=dict)

    def keys(self, method: str, uses: tuple[str, ...], *, size: int | None = None, full: bool = False) -> list[Key]:
        """The series of a method; ``full`` leaves out pages with fewer rows than a page holds, which are no fair company."""
        return [
            key
            for key in self.medians
            if key.method == method
            and key.use in uses
            and size in (None, key.size)
            and not (full and key.use in (*LISTS, *OPENED) and self.rows[key] < self.limit)
        ]

    def worst_ratio(self, method: str, to: str, uses: tuple[str, ...]) -> tuple[float | None, str]:
        """The worst actor's multiple of the same work by another method."""
        ratios = [
            (self.medians[key] / self.medians[key.by(to)], f"{key.person}, {key.use}, {key.size}")
            for key in self.keys(method, uses)
            if key.by(to) in self.medians
        ]
        return max(ratios, default=(None, ""))

    def worst_growth(self, uses: tuple[str, ...], sizes: tuple[int, int]) -> tuple[float | None, str]:
        """The worst actor's time at the larger size in multiples of the same actor's at the smaller."""
        small = set(self.keys(BOTH, uses, size=sizes[0], full=True))
        ratios = [
            (self.medians[key] / self.medians[key.at(sizes[0])], f"{key.person}, {key.use}")
            for key in self.keys(BOTH, uses, size=sizes[1], full=True)
            if key.at(sizes[0]) in small
        ]
        return max(ratios, default=(None, ""))

    def worst_p95(self, uses: tuple[str, ...]) -> tuple[float | None, str]:
        """What 95 of 100 of the worst actor's takes do not pass, in milliseconds."""
        slow = [
            (self.p95[key], f"{key.person}, {key.use}, {key.size}")
            for key in self.keys(PRODUCT, uses)
            if key in self.p95
        ]
        return max(slow, default=(None, ""))

    def worst_count(self, sizes: list[int]) -> tuple[float | None, str]:
        """The worst actor's count at any larger size in multiples of a smaller, where about as many were counted."""
        ratios = [
            (self.medians[key.at(large)] / self.medians[key], f"{key.person}, {key.size} to {large}")
            for key in self.keys(BOTH, COUNT)
            for large in sizes
            if large > key.size and self.rows[key] >= ALIKE * self.rows[key.at(large)]
        ]
        return max(ratios, default=(None, ""))

    def worst_spread(self, uses: tuple[str, ...], sizes: list[int]) -> tuple[float | None, str]:
        """The worst actor's time in multiples of the best one's, taken in random order on one connection."""
        spreads = []
        for use, size in product(uses, sizes):
            series = sorted((self.medians[key], key.person) for key in self.keys(BOTH, (use,), size=size, full=True))
            if len(series) > 1:
                (best, quick), (worst, slow) = series[0], series[-1]
                spreads.append((worst / best, f"{slow} to {quick}, {use}, {size}"))
        return max(spreads, default=(None, ""))


def claims_of(times: Times) -> Iterator[Claim]:
    """Every claim about time; the union of guardian and the pages have their own."""
    sizes = sorted({key.size for key in times.medians})
    for name, method, to, uses, goal in (
        ("list: query wall to the bare select", QUERY, SELECT, LISTS, 2.2),
        ("list: both walls to the transaction without permission", BOTH, RAW, (*LISTS, *OPENED), 2.5),
        ("list, models and Python included: both walls to none", PRODUCT, PLAIN, LISTS, 2.5),
        ("detail: both walls to the transaction without permission", BOTH, RAW, DETAIL, 2.0),
        ("detail, models and Python included: both walls to none", PRODUCT, PLAIN, DETAIL, 2.0),
    ):
        figure, worst = times.worst_ratio(method, to, uses)
        yield at_most(name, figure, goal, worst=worst)
    figure, worst = times.worst_ratio(BOTH, JOINED, DETAIL)
    if figure is not None:
        yield plain("detail: both walls to the same without permission that saves as many ways to the server", figure)
    for name, uses, times_raw in (("rare", RARE, 8), ("common", COMMON, 15)):
        figure, worst = times.worst_ratio(BOTH, RAW, uses)
        yield at_most(
            f"search, {name} word: both walls to the search without permission", figure, times_raw, worst=worst
        )
    figure, worst = times.worst_p95(BOUNDED)
    yield at_most("filters and sorts, models and Python included: 95th percentile", figure, P95, unit="ms", worst=worst)
    for large, goal in zip(sizes[1:], (1.2 if large <= 100_000 else 1.3 for large in sizes[1:]), strict=True):
        growth, worst = times.worst_growth((*LISTS, *DETAIL, *OPENED), (sizes[0], large))
        yield at_most(f"growth of both walls from {sizes[0]} to {large}", growth, goal, worst=worst)
    if len(sizes) > 1:
        growth, worst = times.worst_count(sizes)
        yield at_most("growth of the capped count, where as many are counted", growth, 1.5, worst=worst)
    spread, worst = times.worst_spread((*LISTS, *DETAIL), sizes)
    yield at_most("worst actor to the best, any order, one connection", spread, 2.0, worst=worst)
