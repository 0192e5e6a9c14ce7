"""Measure, print the table, write the report. SIZE names other numbers of roots, SECONDS another time for measuring."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from bench import CHECKOUT, clock, databases, goals, measuring, pages, report, union
from bench.databases import Loaded
from bench.goals import Times
from bench.measuring import BOTH, PLAIN, PRODUCT, QUERY, RAW, SELECT
from bench.report import Claim, at_least, at_most, plain
from bench.uses import LIMIT

SEED = 20261122
SIZES = (10_000, 100_000)
ROUNDS, SECONDS = 120, 120
REPORT = CHECKOUT / "var" / "bench" / "report.json"
# How many times faster than guardian's union, from so many roots on; below that the figure is told alone.
UNION_GOALS = {1_000_000: 300, 100_000: 50}
WIDEST = "partner, 90 %"


def main() -> None:
    """All of it, at the sizes that the environment names."""
    sizes = tuple(sorted(int(word) for word in os.environ.get("SIZE", "").split())) or SIZES
    seconds = float(os.environ.get("SECONDS", SECONDS))
    measure(sizes, rounds=ROUNDS, seconds=seconds, path=REPORT)


def measure(sizes: tuple[int, ...], *, rounds: int, seconds: float, path: Path) -> list[Claim]:
    """Load, measure in turns, compare with guardian, count the pages' statements; print and write what came out."""
    at = timezone.now()
    loaded = [_loaded(size) for size in sizes]
    try:
        times = _times(loaded, rounds=rounds, seconds=seconds)
        machine = _machine(loaded[0])
        claims = [*goals.claims_of(times), *_union_claims(loaded[-1], times), *_page_claims(loaded)]
    finally:
        for database in loaded:
            database.close()
    _show_times(times, at)
    report.show(claims, _say)
    report.write(path, claims, seed=SEED, at=at, times=_rows(times), machine=machine)
    return claims


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _loaded(size: int) -> Loaded:
    began = time.monotonic()
    database = databases.loaded(size, SEED)
    _say(f"{size} roots stand ready ({time.monotonic() - began:.0f} s)")
    return database


def _times(loaded: list[Loaded], *, rounds: int, seconds: float) -> Times:
    takes: dict[clock.Key, clock.Take] = {}
    rows: dict[clock.Key, int] = {}
    for database in loaded:
        more_takes, more_rows = measuring.series_of(database)
        takes |= more_takes
        rows |= more_rows
    _say(f"measuring {len(takes)} series in turns, {seconds:.0f} s at most")
    figures = clock.in_turns(takes, rounds=rounds, seconds=seconds, seed=SEED)
    medians = {key: taken.median for key, taken in figures.items()}
    return Times(medians, rows, LIMIT, {key: taken.p95 for key, taken in figures.items()})


def _union_claims(database: Loaded, times: Times) -> Iterator[Claim]:
    """Faster than guardian's union for the widest sight, and the same roots for everybody."""
    widest = next(person for person in database.people if person.sight.name == WIDEST)
    theirs, ours = union.side_by_side(widest, database)
    name = f"guardian's union to our query wall, both the newest {LIMIT} keys alone, {WIDEST}, {database.size}"
    goal = next((goal for size, goal in UNION_GOALS.items() if database.size >= size), None)
    yield plain(name, theirs / ours) if goal is None else at_least(name, theirs / ours, goal)
    whole = times.medians[clock.Key(size=database.size, person=WIDEST, use="newest", method=BOTH)]
    name = f"guardian's union, keys alone, to our whole transaction with the look on record, {WIDEST}, {database.size}"
    yield plain(name, theirs / whole)
    different = [person.sight.name for person in database.people if not union.same_sight(person, database)]
    yield at_most(
        "actors who see other roots than guardian's union", len(different), 0, unit="", worst=", ".join(different)
    )


def _page_claims(loaded: list[Loaded]) -> Iterator[Claim]:
    counts = [pages.statements(database) for database in loaded]
    for name, goal in pages.GOALS.items():
        figures = [count[name] for count in counts if name in count]
        yield at_most(f"{name}: statements, most of all actors and sizes", max(figures, default=None), goal, unit="")


def _show_times(times: Times, at: datetime) -> None:
    _say(f"\nmilliseconds, medians; seed {SEED}, {at:%Y-%m-%d %H:%M} UTC, load {os.getloadavg()[0]:.1f}")
    methods = (SELECT, QUERY, RAW, BOTH, PLAIN, PRODUCT)
    _say(
        f"{'roots':>7} {'use':13} {'actor':22} {'rows':>5} "
        + " ".join(f"{name:>10}" for name in methods)
        + "        p95"
    )
    for key in times.keys(PRODUCT, goals.ALL):
        taken = (times.medians.get(key.by(method)) for method in methods)
        figures = " ".join(f"{'':>10}" if one is None else f"{one:10.2f}" for one in taken)
        _say(f"{key.size:7} {key.use:13} {key.person:22} {times.rows[key]:5} {figures} {times.p95[key]:10.2f}")
    _say("")


def _machine(database: Loaded) -> dict[str, object]:
    """What kind of machine measured; never which one."""
    with database.owner.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    return {
        "cores": os.cpu_count(),
        "postgresql": version,
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def _rows(times: Times) -> list[dict[str, object]]:
    return [
        {
            "size": k.size,
            "person": k.person,
            "use": k.use,
            "method": k.method,
            "rows": times.rows[k],
            "median": median,
            "p95": times.p95[k],
        }
        for k, median in times.medians.items()
    ]
