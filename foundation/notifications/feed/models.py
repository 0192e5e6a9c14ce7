"""The secret address of a feed, and what a calendar program was told of each date."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.access.models import PersonalRecord
from foundation.access.querysets import PersonalQuerySet


class CalendarFeedQuerySet(PersonalQuerySet["CalendarFeed"]):
    def live(self) -> CalendarFeedQuerySet:
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(PersonalRecord):
    """One secret address of one membership. Only its fingerprint (SHA-256 of the secret) is kept; at most one is live."""

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        app_label = "notifications"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(revoked_at__isnull=True), name="notifications_calendarfeed_one_live"
            ),
        ]


class CalendarEntryQuerySet(PersonalQuerySet["CalendarEntry"]):
    """Of one membership."""


class CalendarEntry(PersonalRecord):
    """What the feed said last of one date, so that a program sees that it moved: the sequence only ever grows (RFC 5545, 3.8.7.4)."""

    kind = models.CharField(max_length=60)
    obligation = models.UUIDField()
    due_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = CalendarEntryQuerySet.as_manager()

    class Meta:
        app_label = "notifications"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["membership", "kind", "obligation"], name="notifications_calendarentry_once"
            ),
        ]
