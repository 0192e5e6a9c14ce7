"""The clock: everything that is compared is taken in turns, in random order, and the median counts."""

from __future__ import annotations

import gc
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


def timed(work: Callable[[], object]) -> Take:
    """All of it counts."""

    def take() -> float:
        began = time.perf_counter_ns()
        work()
        return (time.perf_counter_ns() - began) / 1e6

    return take


def in_turns(takes: dict[Key, Take], *, rounds: int, seconds: float, seed: int) -> dict[Key, float]:
    """The median of each, in milliseconds: so many rounds, or as many (five at least) as fit into so many seconds.

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
    return {key: statistics.median(series) for key, series in times.items()}
