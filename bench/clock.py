"""The clock: everything that is compared is taken in turns, in random order, and the median counts."""

from __future__ import annotations

import gc
import math
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

Take = Callable[[], float]
"""Does it once and returns the milliseconds that count."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """What one series of times is about."""

    size: int
    person: str
    use: str
    method: str

    def by(self, method: str) -> Key:
        """The same work by another method."""
        return replace(self, method=method)

    def at(self, size: int) -> Key:
        """The same work in another database."""
        return replace(self, size=size)


@dataclass(frozen=True)
class Figures:
    """Of one series, in milliseconds: the median, and what 95 of 100 takes do not pass."""

    median: float
    p95: float

    @classmethod
    def of(cls, times: list[float]) -> Figures:
        """With few takes the slowest of them is the 95th percentile."""
        ordered = sorted(times)
        return cls(statistics.median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1])


def timed(work: Callable[[], object]) -> Take:
    """All of it counts."""

    def take() -> float:
        began = time.perf_counter_ns()
        work()
        return (time.perf_counter_ns() - began) / 1e6

    return take


def in_turns(takes: dict[Key, Take], *, rounds: int, seconds: float, seed: int) -> dict[Key, Figures]:
    """The figures of each: so many rounds, or as many (five at least) as fit into so many seconds.

    The first rounds only warm up: a session makes its plans in them, as a session of the web server has long done.
    """
    times: dict[Key, list[float]] = {key: [] for key in takes}
    order, chance = list(takes), random.Random(seed)
    warming, end = 6, time.monotonic() + seconds
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds + warming):
            if number >= warming + 5 and time.monotonic() > end:
                break
            chance.shuffle(order)
            for key in order:
                taken = takes[key]()
                if number >= warming:
                    times[key].append(taken)
            gc.collect(1)
    finally:
        gc.enable()
    return {key: Figures.of(series) for key, series in times.items()}
