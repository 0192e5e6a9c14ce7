"""A record of others and one that does not exist, asked for by the API in turns on one connection: do the answers take as long?

Whoever could tell them apart by the clock would learn which keys exist. Reads, a change that stands on a version, and new records
with a key; by the system that sees the least and by the one that sees the most. Medians of ANSWERS answers each are compared.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from bench import calls
from bench.databases import pointing_to
from bench.report import Claim, at_most
from bench.run import SEED
from bench.systems import Served, System
from bench.uses import visible_keys
from cases.models import Case

ANSWERS, WARMING, KEYS = 200, 20, 20
OTHERS, NOWHERE = "others'", "nowhere"
WHO = ("partner, 0.1 %", "partner, 90 %")
ALIKE = 1.1
HELD = {"If-Match": '"1"'}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An operation, and what is sent with it."""

    name: str
    method: str
    path: str
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    keyed: bool = False

    def request(self, key: UUID, secret: str) -> bytes:
        """The same for any record; each with an idempotency key of its own."""
        headers = {**self.headers, **({"Idempotency-Key": str(uuid4())} if self.keyed else {})}
        body = json.dumps(self.body).encode() if self.method != "GET" else b""
        return calls.request_for(self.path.format(key=key), secret, method=self.method, headers=headers, body=body)


OPERATIONS = (
    Asked(name="GET case", method="GET", path="/api/v1/cases/{key}"),
    Asked(name="GET notes", method="GET", path="/api/v1/cases/{key}/notes"),
    Asked(name="GET participants", method="GET", path="/api/v1/cases/{key}/participants"),
    Asked(name="PATCH case", method="PATCH", path="/api/v1/cases/{key}", body={"title": "Lorries"}, headers=HELD),
    Asked(name="POST note", method="POST", path="/api/v1/cases/{key}/notes", body={"text": "Lorries"}, keyed=True),
    Asked(name="POST close", method="POST", path="/api/v1/cases/{key}/close", headers=HELD, keyed=True),
)
Times = dict[tuple[str, str], dict[str, list[float]]]
"""By actor and operation, then by whether the record is others' or nowhere: milliseconds of each answer."""


class NotRefused(Exception):
    """An answer that is not 404, so that comparing its time would say nothing."""


def measured(product: Served, *, answers: int = ANSWERS) -> Times:
    """All operations of both, in turns and in random order."""
    found: Times = defaultdict(lambda: defaultdict(list))
    with calls.lines(product.port, 1) as (line,):
        for system in product.systems:
            if system.name in WHO:
                for name, kind, took in _asked(line, system, strange(product, system), answers):
                    found[system.name, name][kind].append(took)
    return found


def strange(product: Served, system: System) -> list[UUID]:
    """Keys of cases that this system does not see, the same in each run."""
    with pointing_to(product.database.walled):
        seen = {place.root_id for place in visible_keys(system.person)}
    with pointing_to(product.database.owner):
        every = sorted(Case.objects.order_by().values_list("pk", flat=True))
    return random.Random(SEED).sample([key for key in every if key not in seen], KEYS)


def _asked(line: calls.Line, system: System, others: list[UUID], answers: int) -> Iterator[tuple[str, str, float]]:
    keys = {OTHERS: others, NOWHERE: [uuid4() for _each in others]}
    order, chance = [(operation, kind) for operation in OPERATIONS for kind in keys], random.Random(SEED)
    for number in range(WARMING + answers):
        chance.shuffle(order)
        for operation, kind in order:
            request = operation.request(chance.choice(keys[kind]), system.secret)
            began = time.perf_counter()
            status, _body = line.ask(request)
            took = (time.perf_counter() - began) * 1000
            if status != 404:
                raise NotRefused(f"{system.name}, {operation.name}, {kind}: {status}")
            if number >= WARMING:
                yield operation.name, kind, took


def medians(times: Times) -> dict[tuple[str, str], dict[str, float]]:
    """By actor and operation."""
    return {key: {kind: statistics.median(series) for kind, series in kinds.items()} for key, kinds in times.items()}


def claims_of(size: int, times: Times) -> Iterator[Claim]:
    """Of all actors and operations the pair that differs most."""
    ratios = [
        (max(both.values()) / min(both.values()), ", ".join((*key, f"slower: {max(both, key=both.__getitem__)}")))
        for key, both in medians(times).items()
    ]
    figure, worst = max(ratios)
    yield at_most(
        f"API, {size} cases: a record of others to one that does not exist, slower to faster",
        figure,
        ALIKE,
        worst=worst,
    )
