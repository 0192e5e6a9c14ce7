"""Lists of the API through the real web server: with everything, without permission, and as the database writes them; and strangers.

Two workers, as many callers at once; all ways for all seven actors in turns and in random order. SIZE names other numbers of cases,
SECONDS another time for each size. *Without permission* is the same operation up to who acts (token, count of requests, scope,
parameters and form) and the same writing of the same fifty rows, whose keys are known: no membership acts, nothing is looked for,
nothing is on record. The feed of changes is asked for its first page. Strangers have a module of their own (strangers.py).
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import Serializer

from bench import CHECKOUT, calls, clock, report, strangers
from bench.clock import Figures
from bench.databases import pointing_to
from bench.report import Claim, at_least, at_most, plain, say
from bench.run import SEED
from bench.systems import WORKERS, Served, served
from bench.uses import LIMIT, acting
from cases.api.operations import CodedCase
from cases.api.output import CaseItem
from cases.models import Case
from cases.queries.codes import concerned
from cases.queries.lists import plain_page
from foundation.access import feed
from foundation.pages.api import plain as fast
from foundation.tenancy.actors import Actor
from wbcj.api.changes import ChangeItem

SIZES, SECONDS = (10_000, 100_000), 60.0
EACH, FEWEST = 5, 4
REPORT = CHECKOUT / "var" / "bench" / "api.json"
PRODUCT, SLOW = "product", "product, serializers"
WITHOUT, WITHOUT_SLOW, RAW = "without permission", "without permission, serializers", "raw"
FEED, FEED_SLOW = "changes", "changes, serializers"
PATHS = {
    PRODUCT: f"/api/v1/cases?limit={LIMIT}",
    SLOW: f"/bench/serializers?limit={LIMIT}",
    WITHOUT: f"/bench/unpermissioned?limit={LIMIT}",
    WITHOUT_SLOW: f"/bench/unpermissioned/serializers?limit={LIMIT}",
    RAW: f"/bench/raw?limit={LIMIT}",
}
FEEDS = {FEED: f"/api/v1/changes?limit={LIMIT}", FEED_SLOW: f"/bench/changes?limit={LIMIT}"}
WAYS = PATHS | FEEDS
KEPT, SPREAD, FASTER = 0.85, 1.2, 3.0


class NotTheSame(Exception):
    """Two ways answer with other rows, so that comparing their times would say nothing."""


@dataclass
class Series:
    """What one way took for one actor: requests a second of each burst, and the milliseconds of each request."""

    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second: the median of all bursts, so that one which something else held up counts as one and not as ten."""
        return statistics.median(self.rates)


Rates = Mapping[tuple[str, str], Series]
"""By actor and way."""
Item = type[Serializer[Any]]
RowsOf = Callable[[Actor], tuple[Any, ...]]
Writing = Mapping[Item, Mapping[str, float]]
"""By what is written and actor."""


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
            writing = {
                CaseItem: written(product, CaseItem, cases_of),
                ChangeItem: written(product, ChangeItem, told_of),
            }
            times_of_strangers = strangers.measured(product)
        claims += claims_of(size, rates, writing, full)
        claims += strangers.claims_of(size, times_of_strangers)
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
            feeds = {_items(line.get(calls.request_for(path, system.secret))) for path in FEEDS.values()}
            if len({_items(body) for way, body in bodies.items() if way != RAW}) > 1 or len(feeds) > 1:
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
    """Bursts of all ways for all actors, in turns and in random order, until the time is over; the first round only warms up.

    The ways of one actor come one after another, so that the bursts of a round that are compared had the same machine.
    """
    found: dict[tuple[str, str], Series] = defaultdict(Series)
    requests = {
        (system.name, way): calls.request_for(path, system.secret)
        for system in product.systems
        for way, path in WAYS.items()
    }
    actors, ways = [system.name for system in product.systems], list(WAYS)
    chance, ends, rounds = random.Random(SEED), time.monotonic() + seconds, 0
    with calls.lines(product.port, WORKERS) as opened:
        while rounds <= FEWEST or time.monotonic() < ends:
            chance.shuffle(actors)
            chance.shuffle(ways)
            for key in itertools.product(actors, ways):
                took, times = calls.burst(opened, requests[key], EACH)
                if rounds:
                    found[key].rates.append(len(times) / took)
                    found[key].times += times
            rounds += 1
    return dict(found)


def written(product: Served, item: Item, rows_of: RowsOf, *, rounds: int = 60) -> dict[str, float]:
    """How many times faster the fast way writes the same fifty rows than the serializers' objects, for each actor."""
    found = {}
    for system in product.systems:
        with pointing_to(product.database.walled), acting(system.person) as actor:
            rows = rows_of(actor)
        takes = {
            clock.Key(size=0, person=system.name, use="writing", method=way): clock.timed(
                lambda write=write, rows=rows: JSONRenderer().render(write(item, rows, context={}))  # type: ignore[misc]
            )
            for way, write in ((PRODUCT, fast.rows), (SLOW, fast.by_serializer))
        }
        with timezone.override(UTC):
            figures = {
                key.method: one for key, one in clock.in_turns(takes, rounds=rounds, seconds=10, seed=SEED).items()
            }
        found[system.name] = figures[SLOW].median / figures[PRODUCT].median
    return found


def cases_of(actor: Actor) -> tuple[Any, ...]:
    page = plain_page(actor, after=None, limit=LIMIT)
    named = concerned(actor, page.roots)
    return tuple(CodedCase(case=case, codes=named[case.pk]) for case in page.rows)


def told_of(actor: Actor) -> tuple[Any, ...]:
    place = feed.begin(actor, kinds=[Case.ROOT_KIND])
    return feed.changes(actor, place=place, kinds=[Case.ROOT_KIND], limit=LIMIT).told


def claims_of(size: int, rates: Rates, writing: Writing, full: set[str]) -> Iterator[Claim]:
    """What is claimed at one size; of all actors the worst counts, of those with a full page where their pace is compared."""
    actors = list(writing[CaseItem])
    name, ratio = f"API, list of {LIMIT} of {size}", partial(_worst_ratio, rates, actors)
    for words, way, to in (
        ("requests a second to the same without permission and audit", PRODUCT, WITHOUT),
        ("the same, both by serializers", SLOW, WITHOUT_SLOW),
    ):
        figure, worst = ratio(way, to)
        yield at_least(f"{name}: {words}", figure, KEPT, worst=worst)
    yield plain(f"{name}: to the same by serializers, without permission and audit", ratio(PRODUCT, WITHOUT_SLOW)[0])
    pace = {actor: rates[actor, PRODUCT].rate for actor in actors if actor in full or not full}
    slowest = min(pace, key=pace.__getitem__)
    yield at_most(f"{name}: fastest actor to the slowest", max(pace.values()) / pace[slowest], SPREAD, worst=slowest)
    yield plain(f"{name}: to raw JSON from the database", ratio(PRODUCT, RAW)[0])
    yield plain(f"{name}: {WORKERS} workers, {slowest}", pace[slowest], unit="/s")
    p95 = {actor: Figures.of(rates[actor, PRODUCT].times).p95 for actor in actors}
    yield plain(f"{name}: 95th percentile", max(p95.values()), unit="ms")
    for listed, item, way, to in (
        (name, CaseItem, PRODUCT, SLOW),
        (f"API, changes, first {LIMIT} of {size}", ChangeItem, FEED, FEED_SLOW),
    ):
        figure, worst = min((times, actor) for actor, times in writing[item].items())
        yield at_least(f"{listed}: the fast way of writing to the serializers", figure, FASTER, worst=worst)
        yield plain(f"{listed}: whole requests, fast to serializers", ratio(way, to)[0])


def _worst_ratio(rates: Rates, actors: Collection[str], way: str, to: str) -> tuple[float, str]:
    """Of all actors the lowest pace of one way in multiples of another: the median over all rounds of what each round says."""
    return min((_ratio(rates[actor, way], rates[actor, to]), actor) for actor in actors)


def _ratio(one: Series, other: Series) -> float:
    return statistics.median(mine / theirs for mine, theirs in zip(one.rates, other.rates, strict=True))
