"""Build the work, start the plant, kill at random, wait until everything is done, and ask what became of it."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import connections
from django.test.utils import override_settings

from bench.report import Claim, at_least, at_most, plain
from faults.lab import verdict, world
from faults.lab.parts import MARK, Plant, answers
from faults.lab.sink import Sink, listening
from faults.lab.watching import Watcher
from faults.lab.world import TASK_DUE, Work
from foundation.servers import roles
from foundation.servers.embedded import Servers
from foundation.servers.processes import wait_until
from foundation.tenancy.models import Membership
from tests.bed import databases as bed
from tests.people import Person
from wbcj.settings import environment

STUCK = 60.0
FULL = {"KILLS": 200, "SECONDS": 1800, "TASKS": 1000, "PAPERS": 300}
# How often each is killed, of a hundred; Redis is flushed besides, which kills nothing.
KINDS = {"worker": 36, "worker's child": 22, "beat": 14, "database": 10, "redis": 10, "flush": 8}


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is to be done, how many kills within how many seconds, and how long it may take to finish afterwards."""

    kills: int
    seconds: float
    tasks: int
    papers: int
    clocks: int = 2
    workers: int = 2
    patience: float = 600


def asked() -> Size:
    """The full form: KILLS within SECONDS, while that many TASKS and PAPERS wait."""
    number = {name: int(os.environ.get(name, usual)) for name, usual in FULL.items()}
    return Size(kills=number["KILLS"], seconds=number["SECONDS"], tasks=number["TASKS"], papers=number["PAPERS"])


@dataclass
class Killer:
    """Kills one part after the other, at instants and in an order that follow from the seed."""

    plant: Plant
    chance: Random
    killed: Counter[str] = field(default_factory=Counter)

    def go(self, *, kills: int, seconds: float) -> None:
        """So many kills within so many seconds, flushes not counted."""
        instants = sorted(self.chance.random() * seconds for _each in range(kills))
        began = time.monotonic()
        for instant in instants:
            while time.monotonic() - began < instant:
                self.revive()
                time.sleep(0.2)
            while not self._one():
                self.revive()
                time.sleep(0.2)

    @property
    def kills(self) -> int:
        """All but the flushes."""
        return self.killed.total() - self.killed["flush"]

    def revive(self) -> None:
        """Start again what is gone, as whatever looks after processes would."""
        for part in self.plant.parts:
            if not part.runs:
                part.start()

    def _one(self) -> bool:
        """Strike once; whether something was killed."""
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        acts: dict[str, Callable[[], object]] = {
            "worker": lambda: self.chance.choice(self.plant.named("worker")).kill(),
            "beat": lambda: self.chance.choice(self.plant.named("beat")).kill(),
            "database": self.plant.kill_database,
            "redis": self.plant.kill_redis,
            "flush": self.plant.flush_redis,
        }
        if kind == "worker's child":
            if not self.chance.choice(self.plant.named("worker")).kill_child():
                return False
        else:
            acts[kind]()
        self.killed[kind] += 1
        return kind != "flush"


def main(seed: int, size: Size, state: Path) -> list[Claim]:
    """The whole lab, on servers of its own below ``state``; everything that it starts has ended when it returns."""
    servers = Servers.below(state)
    servers.start()
    try:
        with _database(servers) as name, listening(Random(f"{seed} sink")) as sink:
            return Lab(seed=seed, size=size, state=state, servers=servers, name=name, sink=sink).held()
    finally:
        servers.stop()


@contextmanager
def _database(servers: Servers) -> Iterator[str]:
    """A database on those servers, to which Django's connection goes for a while."""
    before, usual = dict(os.environ), dict(connections["default"].settings_dict)
    os.environ.update(servers.addresses().environment())
    name = f"{bed.PREFIX}_lab"
    chosen = connections["default"].settings_dict
    try:
        with bed.maintenance() as session:
            bed.ensure(session, bed.schema_template())
            bed.drop(session, name)
            bed.copy(session, bed.schema_template().name, name)
        connections["default"].close()
        chosen.update(environment.database(bed.address("DATABASE_OWNER_URL", name), role=roles.RUNTIME))
        yield name
    finally:
        connections["default"].close()
        chosen.update(usual)
        os.environ.clear()
        os.environ.update(before)


@dataclass(kw_only=True)
class Lab:
    """One run."""

    seed: int
    size: Size
    state: Path
    servers: Servers
    name: str
    sink: Sink

    def held(self) -> list[Claim]:
        """Build the work, run, ask."""
        documents = {
            "BACKEND": "foundation.documents.storage.DurableFiles",
            "OPTIONS": {"location": str(self.state / "documents")},
        }
        with override_settings(STORAGES={**settings.STORAGES, "documents": documents}):
            work = self._work()
            plant = Plant(self.servers, self._environment(), self.state / "logs", self.size.workers, self.size.clocks)
            killer = Killer(plant, Random(self.seed))
            watcher = Watcher(bed.address("DATABASE_OWNER_URL", self.name), TASK_DUE)
            lasted = _run(self.size, plant, killer, watcher)
            return [*self._kills(killer), *self._asked(work), *_watched(watcher, lasted)]

    def _work(self) -> Work:
        began = time.monotonic()
        work = world.build(
            tasks=self.size.tasks, papers=self.size.papers, seconds=self.size.seconds * 0.8,
            chance=Random(f"{self.seed} work"),
        )  # fmt: skip
        connections["default"].close()
        _say(f"{work.reminders} reminders and {work.printouts} papers wait ({time.monotonic() - began:.0f} s)")
        return work

    def _environment(self) -> dict[str, str]:
        """What workers and clocks are told: the product's own settings, no owner's login, the mail server of the lab."""
        return {
            **{key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"},
            "DATABASE_URL": bed.address("DATABASE_URL", self.name),
            "REDIS_URL": self.servers.valkey.url,
            "DJANGO_SETTINGS_MODULE": "wbcj.settings.production",
            "WBCJ_DEMO": "0",
            "WBCJ_MAIL_HOST": "127.0.0.1",
            "WBCJ_MAIL_PORT": str(self.sink.port),
            "WBCJ_DOCUMENTS": str(self.state / "documents"),
            MARK: str(uuid4()),
        }

    def _kills(self, killer: Killer) -> Iterator[Claim]:
        by_kind = ", ".join(f"{number} {kind}" for kind, number in sorted(killer.killed.items()))
        yield at_least("kills", killer.kills, self.size.kills, unit="", worst=by_kind)

    def _asked(self, work: Work) -> Iterator[Claim]:
        url = bed.address("DATABASE_OWNER_URL", self.name)
        wait_until(lambda: answers(url), seconds=30)
        with psycopg.connect(url, autocommit=True) as session:
            yield from verdict.of_reminders(session, work)
            yield from verdict.of_letters(session, self.sink)
            yield from verdict.of_printouts(session, work, _reader())
            yield from verdict.of_jobs(session)
        yield plain("conversations with the mail server", self.sink.moods.total(), unit="")


def _watched(watcher: Watcher, lasted: float) -> Iterator[Claim]:
    claim, still = watcher.longest_claim, watcher.longest_standstill
    left = watcher.standing.unfinished if watcher.standing else None
    yield at_most(
        "longest claim that stood on unfinished work and was not renewed",
        claim,
        STUCK,
        unit="s",
        worst=watcher.which_claim,
    )
    yield at_most("longest time in which nothing moved while work was due", still, STUCK, unit="s")
    yield at_most("left unfinished", left, 0, unit="", worst=str(watcher.standing))
    yield plain("time to finish after the last kill", lasted, unit="s")


def _run(size: Size, plant: Plant, killer: Killer, watcher: Watcher) -> float:
    """Kill, then wait until nothing is unfinished; how long the waiting took, in seconds."""
    thread = threading.Thread(target=watcher.watch, daemon=True)
    thread.start()
    try:
        plant.start()
        killer.go(kills=size.kills, seconds=size.seconds)
        _say(f"{killer.kills} kills: {dict(killer.killed)}; waiting for the rest")
        began = time.monotonic()
        while time.monotonic() - began < size.patience and not _finished(watcher):
            killer.revive()
            time.sleep(0.5)
        return time.monotonic() - began
    finally:
        watcher.end()
        plant.stop()
        thread.join(timeout=10)


def _finished(watcher: Watcher) -> bool:
    return watcher.standing is not None and watcher.standing.unfinished == 0


def _reader() -> Person:
    connections["default"].close()
    membership = Membership.objects.select_related("account").get(account__email="arta.al@example.org")
    return Person(membership.account, membership)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
