"""The calendar of the Contact Group for project staff: its meetings as this reader sees them, and what hangs on them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from foundation import access
from foundation.reference.kinds import FROM
from foundation.reference.programme import PROGRAMME
from meetings import queries
from meetings.permissions import MeetingPermission
from wbcj.console.reference.rooms import IN_ROOM, ReferencePage, today

ROWS = 50


class ContactGroupCalendar(ReferencePage):
    """Meetings to come and the latest that are over, through the reader's own sight, beside the dates of the programme."""

    permission = MeetingPermission.VIEW
    above = IN_ROOM
    verb = "console.calendar.viewed"
    template_name = "console/reference/calendar.html"

    def load(self) -> None:
        """The meetings."""
        super().load()
        self.coming = queries.coming(self.actor)
        past = queries.over(queries.meeting_page(actor=self.actor, after=None, limit=ROWS))
        self.past = past.rows
        self.returned = tuple(dict.fromkeys([*(one.pk for one in self.coming.meetings), *past.roots]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the phases of the programme that hold today."""
        day = today()
        rows = PROGRAMME.rows()
        phases = [row for row in rows if row.begun(day) and not row.over(day)]
        ended = [row for row in rows if row.over(day)]
        return super().get_context_data(
            coming=self.coming.meetings,
            more_to_come=self.coming.more,
            past=self.past,
            phases=phases,
            last_phase=max(ended, key=lambda row: getattr(row, FROM.name), default=None),
            may_call=access.role_allows(self.actor, MeetingPermission.CALL),
            now=timezone.now(),
            **kwargs,
        )
