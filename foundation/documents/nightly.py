"""The nightly check: every stored file is read whole and held against its fingerprint, the one longest unchecked first."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from foundation.documents import checking, keys
from foundation.documents.cipher import CHUNK
from foundation.documents.refusals import Broken, Unreachable
from foundation.documents.vault import RawReader

EVERY = timedelta(hours=20)
"""A file is due again so long after its last check began: once a night, whichever night is the longer one."""

BUDGET = timedelta(seconds=60)
"""So long a run begins with further files."""

LONGEST = timedelta(seconds=480)
"""One file may take so long: 2 GiB at 4.5 MB/s. A budget and this fit into the time limit of the task."""

ONE_CHECKS = 0xC4EC_2026
"""The advisory lock of a run."""

AT_ONCE = 10
"""Files claimed together."""

log = logging.getLogger("wbcj.documents")


@dataclass(frozen=True, kw_only=True)
class Due:
    """A file to check, with its keys as they are stored; nothing of what it is."""

    location: UUID
    root: UUID
    size: int
    sha256: str
    wrapped_key: bytes = field(repr=False)
    root_key: bytes = field(repr=False)
    master: str


@dataclass
class Night:
    """What a run has found so far."""

    intact: int = 0
    broken: int = 0
    too_slow: int = 0
    away: bool = False


class TooSlow(Exception):
    """The storage did not give the file in time; nothing is said of it."""


def check_files(*, budget: timedelta = BUDGET, longest: timedelta = LONGEST) -> Night:
    """Check files that are due until the time is up; a file that was begun is read to its end, unless that takes too long.

    Where the storage is away nothing is said of any file and the run ends; what was claimed is due again after an hour, and so is a
    file that took too long: staff see a check that did not end. A large file does not hold two workers: one run at a time.
    """
    with _alone() as alone:
        return _checked(timezone.now() + budget, longest) if alone else Night()


def _checked(ends: datetime, longest: timedelta) -> Night:
    night = Night()
    for due in _claimed_until(ends):
        try:
            problem = examined(due, until=timezone.now() + longest)
        except TooSlow:
            log.exception("the check of a stored file took too long", extra={"location": str(due.location)})
            night.too_slow += 1
            continue
        except Unreachable:
            log.exception("the check of stored files could not go on")
            night.away = True
            return night
        checking.report(location=due.location, intact=not problem, problem=problem, at=timezone.now())
        night.broken += bool(problem)
        night.intact += not problem
    return night


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other run goes on; a killed one's lock ends with its session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_CHECKS])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_CHECKS])


def examined(due: Due, *, until: datetime) -> str:
    """What is wrong with a file; empty when it is what was stored. Raises Unreachable, TooSlow."""
    try:
        around = keys.open_root_key(due.root_key, due.master, root_id=due.root)
        key = keys.unwrap(due.wrapped_key, by=around, bound_to=keys.of_file(due.root, due.location))
        with RawReader(key=key, stored=due) as file:
            room = bytearray(CHUNK)
            while file.readinto(room):
                if file.tell() < due.size and timezone.now() > until:
                    raise TooSlow
    except Broken as error:
        return str(error)
    return ""


def _claimed_until(ends: datetime) -> Iterator[Due]:
    while (now := timezone.now()) < ends:
        claimed = _claim(before=now - EVERY)
        if not claimed:
            return
        for due in claimed:
            if timezone.now() >= ends:
                return
            yield due


def _claim(*, before: datetime) -> list[Due]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_to_check(%s, %s)", [AT_ONCE, before])
        names = [column.name for column in cursor.description or ()]
        return [Due(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
