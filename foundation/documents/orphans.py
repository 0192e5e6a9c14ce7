"""Sweep what no row knows: segments of an upload that was given up, or of a transaction that was undone."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from foundation.documents import segments, vault
from foundation.workflow.actions import action

AGE = timedelta(days=1)
"""Nothing younger is swept: it may be on its way into a row."""

UPLOAD_AGE = timedelta(days=7)
"""A file on its way waits this long for whoever sent it, over a weekend and a journey; a refusal can be read as long."""

_TOGETHER = 200


@action
def forget_uploads(*, at: datetime) -> int:
    """Delete the uploads that nobody went on with for a week, of everybody; how many. Their segments are orphans from then on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_forget_uploads(%s)", [at - UPLOAD_AGE])
        row: tuple[int] = cursor.fetchone()
    return row[0]


def sweep(*, at: datetime) -> int:
    """Delete the files that no row knows and that are older than a day; how many. Raises Unreachable."""
    swept = 0
    for together in _batches(_locations()):
        kept = _kept(together)
        for location in together:
            if location not in kept and _written_before(location, at - AGE):
                vault.forget(location)
                swept += 1
    return swept


def _locations() -> list[UUID]:
    """What stands on the shelf; a folder of another name is none of ours."""
    with segments.answering():
        try:
            folders, _files = segments.shelf().listdir("")
        except FileNotFoundError:
            return []
    return [location for name in folders if (location := _as_uuid(name)) is not None]


def _as_uuid(name: str) -> UUID | None:
    try:
        location = UUID(name)
    except ValueError:
        return None
    return location if str(location) == name else None


def _batches(locations: Iterable[UUID]) -> Iterator[list[UUID]]:
    rest = iter(locations)
    while batch := list(itertools.islice(rest, _TOGETHER)):
        yield batch


def _kept(locations: list[UUID]) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_kept(%s::uuid[])", [locations])
        return {location for (location,) in cursor.fetchall()}


def _written_before(location: UUID, instant: datetime) -> bool:
    """Is every segment, and every draft of one, older? An empty folder is the rest of an earlier sweep."""
    with segments.answering():
        try:
            _folders, names = segments.shelf().listdir(str(location))
            return all(segments.shelf().get_modified_time(f"{location}/{name}") < instant for name in names)
        except FileNotFoundError:
            return False
