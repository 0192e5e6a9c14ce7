"""Of which dates of meetings people are reminded."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation import access
from foundation.notifications.reminders import kinds
from foundation.tenancy.actors import Actor
from meetings.models import Meeting
from meetings.permissions import MeetingPermission


def planned_for(actor: Actor, at: datetime) -> QuerySet[Meeting]:
    """The meetings that the actor is called to, or may look at, and that are still to come."""
    if not access.role_allows(actor, MeetingPermission.VIEW):
        return Meeting.objects.none()
    return Meeting.objects.visible_to(actor).planned(at)


MEETING_NEAR = kinds.declare(
    name="meetings.meeting.near",
    label=_("Meeting near"),
    in_calendar=_("Meeting"),
    sentence=_("A meeting to which you are called is near."),
    source="meetings_near",
    open_to=planned_for,
    due="starts_at",
    root="pk",
)
