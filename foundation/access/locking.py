"""Locks: one version per editable record, and one at a time for what has no row to lock."""

from __future__ import annotations

from typing import TypeVar

from django.db import connection, models

Record = TypeVar("Record", bound=models.Model)


class StaleVersion(Exception):
    """Somebody changed the record since it was read. ``theirs`` is how it stands now."""

    def __init__(self, theirs: models.Model) -> None:
        super().__init__("stale version")
        self.theirs = theirs


def locked(record: Record, *, version: int) -> Record:
    """The same row, read again and locked until the end of the transaction.

    Call it after the permission check: under row security a lock hides rows that one may only view. Raises StaleVersion.
    """
    manager = type(record)._base_manager
    fresh = manager.select_for_update(of=("self",)).get(pk=record.pk)
    if getattr(fresh, "version") != version:
        raise StaleVersion(fresh)
    return fresh


def one_at_a_time(name: str) -> None:
    """Wait for whoever does what goes by this name, and keep others waiting until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def alone(name: str) -> bool:
    """The same without waiting: whether nobody else is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        (free,) = cursor.fetchone()
    return bool(free)
