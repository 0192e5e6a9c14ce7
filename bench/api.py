"""The list of fifty cases by the API, through the real web server: with everything, without permission, and as the database writes it.

Two workers, as many callers at once; all ways for all seven actors in turns and in random order. SIZE names other numbers of cases,
SECONDS another time for each size. *Without permission* is the same authentication and the same writing of the same fifty rows,
whose keys are known: no membership acts, nothing is looked for, nothing is on record.
"""

from __future__ import annotations

import json
import os
import platform
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from django.utils import timezone
from rest_framework.renderers import JSONRenderer

from bench import CHECKOUT, calls, clock, report
from bench.clock import Figures
from bench.databases import pointing_to
from bench.report import Claim, at_least, at_most, plain, say
from bench.run import SEED
from bench.systems import WORKERS, Served, System, served
from bench.uses import LIMIT, acting
from cases.api.operations import CodedCase
from cases.api.output import CaseItem
from cases.queries.codes import codes
from cases.queries.lists import case_page
from foundation.pages.api import plain as fast

SIZES, SECONDS = (10_000, 100_000), 60.0
EACH, FEWEST = 5, 4
REPORT = CHECKOUT / "var" / "bench" / "api.json"
PRODUCT, SLOW = "product", "product, serializers"
WITHOUT, WITHOUT_SLOW, RAW = "without permission", "without permission, serializers", "raw"
PATHS = {
    PRODUCT: f"/api/v1/cases?limit={LIMIT}",
    SLOW: f"/bench/serializers?limit={LIMIT}",
    WITHOUT: "/bench/unpermissioned",
    WITHOUT_SLOW: "/bench/unpermissioned/serializers",
    RAW: "/bench/raw",
}
KEPT, SPREAD, FASTER = 0.85, 1.2, 3.0


class NotTheSame(Exception):
    """Two ways answer with other rows, so that comparing their times would say nothing."""


@dataclass
class Series:
    """What one way took for one actor: requests and seconds of all bursts, and the milliseconds of each request."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds


Rates = Mapping[tuple[str, str], Series]
"""By actor and way."""


def main() -> None:
    """All of it, at the sizes that the environment names."""
    sizes = tuple(sorted(int(word) for word in os.environ.get("SIZE", "").split())) or SIZES
    measure(sizes, seconds=float(os.environ.get("SECONDS", SECONDS)), path=REPORT)


def measure(sizes: tuple[int, ...], *, seconds: float, path: Path) -> list[Claim]:
    """Serve, compare, print and write what came out."""
    at, claims, times = timezone.now(), list[Claim](), list[dict[str, Any]]()
    path.parent.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        with served(size, SEED, path.parent) as product:
            full = same_rows(product)
            rates = called(product, seconds=seconds)
            writing = written(product)
        claims += claims_of(size, rates, writing, full)
        times += [
            {"size": size, "person": person, "method": way, "rate": one.rate, **vars(Figures.of(one.times))}
            for (person, way), one in rates.items()
        ]
    say(f"\nthe list of {LIMIT} cases by the API; seed {SEED}, {at:%Y-%m-%d %H:%M} UTC, load {os.getloadavg()[0]:.1f}")
    for row in times:
        say("{size:7} {person:22} {method:32} {rate:8.1f}/s {median:8.2f} ms {p95:8.2f} ms".format(**row))
    say("")
    report.show(claims, say)
    machine: dict[str, object] = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }
    report.write(path, claims, seed=SEED, at=at, times=times, machine=machine)
    return claims


def same_rows(product: Served) -> set[str]:
    """Every way answers with the same fifty, byte for byte as serializers' objects write them; who sees as many. Raises NotTheSame."""
    full = set()
    with calls.lines(product.port, 1) as (line,):
        for system in product.systems:
            bodies = {way: line.get(calls.request_for(path, system.secret)) for way, path in PATHS.items()}
            if len({_items(body) for way, body in bodies.items() if way != RAW}) > 1:
                raise NotTheSame(f"{system.name}: serializers")
            if len({tuple(_keys(body)) for body in bodies.values()}) > 1:
                raise NotTheSame(f"{system.name}: rows")
            if len(_keys(bodies[PRODUCT])) == LIMIT:
                full.add(system.name)
    return full


def _items(body: bytes) -> bytes:
    """Without the address of the next page, which each way has for itself."""
    return body.rpartition(b',"next":')[0]


def _keys(body: bytes) -> list[str]:
    return [item["id"] for item in json.loads(body)["items"]]


def called(product: Served, *, seconds: float) -> Rates:
    """Bursts of all ways for all actors, in turns and in random order, until the time is over; the first round only warms up."""
    found: dict[tuple[str, str], Series] = defaultdict(Series)
    requests = {
        (system.name, way): calls.request_for(path, system.secret)
        for system in product.systems
        for way, path in PATHS.items()
    }
    order, chance, ends, rounds = list(requests), random.Random(SEED), time.monotonic() + seconds, 0
    with calls.lines(product.port, WORKERS) as opened:
        while rounds <= FEWEST or time.monotonic() < ends:
            chance.shuffle(order)
            for key in order:
                took, times = calls.burst(opened, requests[key], EACH)
                if rounds:
                    found[key].seconds += took
                    found[key].times += times
            rounds += 1
    return dict(found)


def written(product: Served, *, rounds: int = 60) -> dict[str, float]:
    """How many times faster the fast way writes the same fifty rows than the serializers' objects, for each actor."""
    found = {}
    for system in product.systems:
        rows = _rows(product, system)
        takes = {
            clock.Key(size=0, person=system.name, use="writing", method=way): clock.timed(
                lambda write=write, rows=rows: JSONRenderer().render(write(CaseItem, rows, context={}))  # type: ignore[misc]
            )
            for way, write in ((PRODUCT, fast.rows), (SLOW, fast.by_serializer))
        }
        with timezone.override(UTC):
            figures = {
                key.method: one for key, one in clock.in_turns(takes, rounds=rounds, seconds=10, seed=SEED).items()
            }
        found[system.name] = figures[SLOW].median / figures[PRODUCT].median
    return found


def _rows(product: Served, system: System) -> tuple[Any, ...]:
    with pointing_to(product.database.walled), acting(system.person) as actor:
        page = case_page(actor, after=None, limit=LIMIT)
        named = codes(actor, page.roots)
    return tuple(CodedCase(case=row.case, codes=named[row.case.pk]) for row in page.rows)


def claims_of(size: int, rates: Rates, writing: Mapping[str, float], full: set[str]) -> Iterator[Claim]:
    """What is claimed at one size; of all actors the worst counts, of those with a full page where their pace is compared."""
    actors = list(writing)
    name = f"API, list of {LIMIT} of {size}"
    figure, worst = min((rates[actor, PRODUCT].rate / rates[actor, WITHOUT].rate, actor) for actor in actors)
    yield at_least(f"{name}: requests a second to the same without permission and audit", figure, KEPT, worst=worst)
    figure, worst = min((rates[actor, PRODUCT].rate / rates[actor, WITHOUT_SLOW].rate, actor) for actor in actors)
    yield plain(f"{name}: to the same by serializers, without permission and audit", figure)
    pace = {actor: rates[actor, PRODUCT].rate for actor in actors if actor in full or not full}
    slowest = min(pace, key=pace.__getitem__)
    yield at_most(f"{name}: fastest actor to the slowest", max(pace.values()) / pace[slowest], SPREAD, worst=slowest)
    figure, worst = min((ratio, actor) for actor, ratio in writing.items())
    yield at_least(f"{name}: the fast way of writing to the serializers", figure, FASTER, worst=worst)
    figure, worst = min((rates[actor, PRODUCT].rate / rates[actor, SLOW].rate, actor) for actor in actors)
    yield plain(f"{name}: whole requests, fast to serializers", figure)
    figure, worst = min((rates[actor, PRODUCT].rate / rates[actor, RAW].rate, actor) for actor in actors)
    yield plain(f"{name}: to raw JSON from the database", figure)
    yield plain(f"{name}: {WORKERS} workers, {slowest}", pace[slowest], unit="/s")
    p95 = {actor: Figures.of(rates[actor, PRODUCT].times).p95 for actor in actors}
    yield plain(f"{name}: 95th percentile", max(p95.values()), unit="ms")
