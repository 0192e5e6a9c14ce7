"""Reminders claimed and given per second, with few rows waiting and with a million; what a sweep costs when nothing is to be done.

All of it is real: the claim, acting for the recipient, the question to its walls, the line in the inbox, the row of its mail, the hint
to the broker, the commit.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from bench import CHECKOUT, clock, databases, report
from bench.cast import House
from bench.clock import Key, timed
from bench.report import Claim, at_most, plain
from foundation.notifications.reminders import giving, sweeping
from foundation.notifications.reminders.models import Outcome, Reminder
from tests.bed import databases as bed

SIZES = (10_000, 1_000_000)
ROUNDS, SECONDS, SEED, GOAL = 50, 180.0, 20261125, 1.3
REPORT = CHECKOUT / "var" / "bench" / "reminders.json"
SQL = Path(__file__).parent / "sql" / "reminders.sql"
TABLES = ("access_root", "access_rootgrant", "cases_task")
GIVE, IDLE, CHANGE = "given", "idle sweep", "change planned"


class NotGiven(Exception):
    """Some reminders ended otherwise than by being given, so nothing that was measured would be true."""


@dataclass(frozen=True)
class Waiting:
    """A database in which so many reminders wait, all of them due."""

    size: int
    walled: BaseDatabaseWrapper


def main() -> None:
    """Measure and write what came out."""
    sizes = tuple(sorted(int(word) for word in os.environ.get("REMINDERS", "").split())) or SIZES
    measure(sizes, rounds=ROUNDS, seconds=SECONDS, path=REPORT)


def measure(sizes: tuple[int, ...], *, rounds: int, seconds: float, path: Path) -> list[Claim]:
    """Fill a database for each size, give in turns, compare."""
    at = timezone.now()
    with _filled(sizes) as loaded:
        takes = {key: take for one in loaded for key, take in _takes(one)}
        report.say(f"reminders: measuring {len(takes)} series in turns, {seconds:.0f} s at most")
        figures = clock.in_turns(takes, rounds=rounds, seconds=seconds, seed=SEED)
        for one in loaded:
            _demand_given(one)
    claims = list(_claims(sizes, figures))
    report.show(claims, report.say)
    times = [{"size": k.size, "use": k.use, "median": f.median, "p95": f.p95} for k, f in figures.items()]
    report.write(path, claims, seed=SEED, at=at, times=times)
    return claims


def _key(size: int, use: str) -> Key:
    return Key(size=size, person="worker", use=use, method="product")


def _claims(sizes: tuple[int, ...], figures: dict[Key, clock.Figures]) -> Iterator[Claim]:
    few, many = sizes[0], sizes[-1]
    given = {size: figures[_key(size, GIVE)].median / giving.BATCH for size in sizes}
    ratio = given[many] / given[few]
    yield at_most(f"reminders claimed and given, one at a time: {many} waiting to {few} waiting", ratio, GOAL)
    for size in sizes:
        yield plain(f"reminders given per second by one worker, {size} waiting", 1000 / given[size], unit="/s")
        yield plain(f"sweep with nothing to plan, {size} waiting", figures[_key(size, IDLE)].median, unit="ms")
        yield plain(f"one date that moved: planned, {size} waiting", figures[_key(size, CHANGE)].median, unit="ms")


def _takes(one: Waiting) -> Iterator[tuple[Key, clock.Take]]:
    yield _key(one.size, GIVE), _on(one, _give_a_batch)
    yield _key(one.size, IDLE), _on(one, sweeping.plan)
    yield _key(one.size, CHANGE), _on(one, sweeping.plan, before=lambda: _touch(one))


def _on(one: Waiting, work: Callable[[], object], before: Callable[[], object] = lambda: None) -> clock.Take:
    def take() -> float:
        with databases.pointing_to(one.walled):
            before()
            return timed(work)()

    return take


def _give_a_batch() -> None:
    at = timezone.now()
    for row in giving.claim(at=at):
        giving.give(row, at=at)


def _touch(one: Waiting) -> None:
    """Note one task as changed, as its trigger would."""
    with one.walled.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notifications_change (kind, obligation, attempts, outcome)"
            " SELECT kind, obligation, 0, '' FROM notifications_reminder WHERE ended_at IS NULL"
            " AND given_at > now() - interval '1 minute' LIMIT 1"
        )


def _demand_given(one: Waiting) -> None:
    with databases.pointing_to(one.walled):
        tried = Reminder.objects.filter(attempts__gt=0)
        others = tried.exclude(outcome=Outcome.GIVEN).values_list("outcome", flat=True)[:5]
        if others:
            raise NotGiven(", ".join(others))


@contextmanager
def _filled(sizes: tuple[int, ...]) -> Iterator[list[Waiting]]:
    names = {size: f"{databases.PREFIX}_reminders_{size}" for size in sizes}
    loaded: list[Waiting] = []
    try:
        for size, name in names.items():
            began = time.monotonic()
            loaded.append(_fill(size, name))
            report.say(f"{size} reminders wait ({time.monotonic() - began:.0f} s)")
        yield loaded
    finally:
        for one in loaded:
            one.walled.close()
        with bed.maintenance() as connection:
            for name in names.values():
                bed.drop(connection, name)


def _fill(size: int, name: str) -> Waiting:
    with bed.maintenance() as connection:
        bed.ensure(connection, bed.schema_template())
        bed.drop(connection, name)
        bed.copy(connection, bed.schema_template().name, name)
    owner = databases.wrapper("DATABASE_OWNER_URL", name)
    with databases.pointing_to(owner):
        House(timezone.now() - timedelta(days=1)).managers()
    owner.close()
    with psycopg.connect(bed.address("DATABASE_OWNER_URL", name), autocommit=True) as connection:
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY".encode())
        connection.execute(SQL.read_text().replace(":size", str(size)).encode())
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY".encode())
        connection.execute("VACUUM ANALYZE")
    return Waiting(size, databases.wrapper("DATABASE_URL", name))
