"""The inbox: what happened that concerns one membership."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from foundation.access.models import PersonalRecord
from foundation.access.querysets import PersonalQuerySet


class NoticeQuerySet(PersonalQuerySet["Notice"]):
    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)


class Notice(PersonalRecord):
    """One line of an inbox. It names a root by its key only: what the root says is read through the walls, each time."""

    kind = models.CharField(max_length=60)
    root = models.UUIDField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["membership", "-at"])]
