"""The list of meetings, and its file."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.access.hits import Hits
from foundation.pages import panels
from foundation.pages.lists import Exported, ListPage
from meetings import queries
from meetings.forms import MeetingFilter
from meetings.permissions import MeetingPermission


class MeetingList(ListPage):
    """Meetings to come by their date, and those that are over by last activity; narrowed, one list of what fits."""

    permission = MeetingPermission.VIEW
    verb = "meetings.list.viewed"
    template_name = "meetings/list.html"
    form_class = MeetingFilter
    export = "meetings_export"

    def read(self, *, after: access.Cursor | None, limit: int) -> access.Page[Any]:
        """One page of meetings, coming ones among them."""
        return queries.meeting_page(actor=self.actor, after=after, wanted=self.form.cleaned_data, limit=limit)

    def hits(self) -> Hits:
        """Those that fit."""
        return queries.meeting_hits(actor=self.actor, wanted=self.form.cleaned_data)

    def load(self) -> None:
        """One statement for what comes, one for the list."""
        super().load()
        self.coming = queries.Coming(meetings=(), more=False)
        if self.form.is_valid() and not self.narrowed:
            self.page = queries.over(self.page)
            self.coming = self.coming if self.after else queries.coming(self.actor)
            self.returned = tuple(dict.fromkeys([*(one.pk for one in self.coming.meetings), *self.page.roots]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The two lists, and the panels of upper apps."""
        may_call = access.role_allows(self.actor, MeetingPermission.CALL)
        more = panels.on("meetings.list", actor=self.actor, at=timezone.now())
        coming = {"coming": self.coming.meetings, "more_to_come": self.coming.more}
        return super().get_context_data(**coming, may_call=may_call, panels=more, **kwargs)


class MeetingExport(Exported, MeetingList):
    """The list of meetings as a file."""

    verb = "meetings.list.exported"
    columns = queries.COLUMNS
    heading = gettext_lazy("Meetings")
    named = back = "meetings"
