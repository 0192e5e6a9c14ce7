"""Who is told what about meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from foundation.notifications import inbox, kinds
from foundation.notifications.kinds import WITHOUT_OFF
from foundation.tenancy.actors import Actor
from meetings.models import Meeting

kinds.area("meetings", _("Meetings"))
CALLED = kinds.declare("meetings.meeting.called", _("A meeting was called."))
CHANGED = kinds.declare("meetings.meeting.changed", _("Time, place or mode of a meeting changed."), ways=WITHOUT_OFF)
CANCELLED = kinds.declare("meetings.meeting.cancelled", _("A meeting was cancelled."), ways=WITHOUT_OFF)


def tell(kind: kinds.Kind, *, meeting: Meeting, principals: Iterable[int], by: Actor, at: datetime) -> None:
    """Tell those of these principals who see the meeting."""
    inbox.tell(kind=kind, root_id=meeting.pk, principals=principals, by=by, at=at)
