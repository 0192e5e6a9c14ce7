"""Optimistic locking: one version per editable record."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

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
