"""What a row knows of a file on storage."""

from __future__ import annotations

import uuid
from typing import Protocol
from uuid import UUID

from django.db import models
from django.db.models import Q


class StoredFile(Protocol):
    """What it takes to find, open and prove a file: the columns of ``Stored``, or ``vault.Kept``."""

    @property
    def location(self) -> UUID: ...
    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...
    @property
    def wrapped_key(self) -> bytes | memoryview: ...


class Stored(models.Model):
    """A row with a file. ``size`` in bytes and ``sha256`` (hexadecimal) are of the plain file.

    ``location`` is where its segments stand; ``wrapped_key`` is the file's own key, encrypted with the key of its root. A new model
    with a file stands in ``documents_files()`` (sql/checking.sql) as well, or its files would be neither checked nor kept: a guard
    fails.
    """

    location = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    wrapped_key = models.BinaryField()
    stored_at = models.DateTimeField()

    class Meta:
        abstract = True


class StoredLater(models.Model):
    """The same for a row that has its file only when work in the background is done: all columns, or none."""

    location = models.UUIDField(null=True, unique=True, editable=False)
    size = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    wrapped_key = models.BinaryField(null=True)
    stored_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def stored_together(table: str) -> models.CheckConstraint:
    """The columns of ``StoredLater`` agree."""
    columns = ("location", "size", "wrapped_key", "stored_at")
    return models.CheckConstraint(
        name=f"{table}_stored_fields_agree",
        condition=Q(**{f"{name}__isnull": True for name in columns}, sha256="")
        | (Q(**{f"{name}__isnull": False for name in columns}) & ~Q(sha256="")),
    )
