from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from foundation.access.querysets import RootQuerySet, SharedQuerySet
from meetings.choices import Status
from meetings.states import COMING

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Decision, Meeting  # noqa: F401


class MeetingQuerySet(RootQuerySet["Meeting"]):
    def coming(self) -> Self:
        """Planned or running, the earliest first."""
        return self.filter(status__in=COMING).order_by("starts_at", "pk")

    def planned(self, at: datetime) -> Self:
        """Not begun, and to begin after that moment."""
        return self.filter(status=Status.PLANNED, starts_at__gt=at)


class AgendaItemQuerySet(SharedQuerySet["AgendaItem"]):
    def on(self, meeting_id: UUID) -> Self:
        """The items of one meeting in their order."""
        return self.filter(meeting_id=meeting_id).order_by("position", "pk")


class DecisionQuerySet(SharedQuerySet["Decision"]):
    def with_names(self) -> Self:
        return self.select_related("decided_by__account", "decided_by__authority")
