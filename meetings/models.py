"""Meetings, their agenda and their decisions.

An agenda item lives under the root of what it is about: the meeting itself, or a nomination. Whoever does not see that root does
not see the item, its number or its decision.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.access.models import RootRecord, SharedRecord
from foundation.tenancy.models import Membership
from meetings.choices import Mode, Series, Status
from meetings.querysets import AgendaItemQuerySet, DecisionQuerySet, MeetingQuerySet


class Meeting(RootRecord):
    """A meeting with its time, place and mode; its title and reference stand on the root.

    ``nominations_until``: what is nominated later goes to the next meeting. It reminds people and bars nothing.
    """

    ROOT_KIND = "meeting"

    series = models.CharField(_("series"), max_length=20, choices=Series, default=Series.CONTACT_GROUP)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    nominations_until = models.DateTimeField(_("nominations until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    mode = models.CharField(_("mode"), max_length=12, choices=Mode)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PLANNED)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["status", "starts_at"]),
            models.Index(
                fields=["starts_at", "root"], name="meetings_meeting_planned", condition=Q(status=Status.PLANNED)
            ),
            models.Index(
                fields=["nominations_until", "root"],
                name="meetings_meeting_nominations",
                condition=Q(status=Status.PLANNED, nominations_until__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="meetings_meeting_nominations_before_it_starts",
                condition=Q(nominations_until__isnull=True) | Q(nominations_until__lte=F("starts_at")),
            ),
            models.CheckConstraint(name="meetings_meeting_runs_forward", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="meetings_meeting_status_known", condition=Q(status__in=Status.values)),
        ]


class AgendaItem(SharedRecord):
    """One point of an agenda, under the root of what it is about.

    ``title`` is that of an item of the meeting's own; an item under another root reads that root's title. ``position`` orders the
    items and is never shown: each reader counts what they see.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["meeting", "position"])]


class Decision(SharedRecord):
    """What was decided on an item, under the same root. One per item; a new decision needs a new item."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=30)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["root", "-decided_at"])]
