"""Reads of meetings."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404

from foundation import access
from foundation.access import Cursor, Page
from foundation.pages.api.lists import FilteredOperation, ListOperation
from foundation.pages.api.operations import Operation
from foundation.systems.scopes import Scope
from meetings import queries
from meetings.api import examples, output
from meetings.forms import MeetingFilter
from meetings.models import Meeting
from meetings.permissions import MeetingPermission


class MeetingList(FilteredOperation):
    """List the meetings that the bearer sees, to come and over.

    Last activity first, or narrowed by `when`. A narrowed list may give a short or an empty page while `next` leads on.
    """

    permission = MeetingPermission.VIEW
    scope = Scope.MEETINGS_READ
    verb = "meetings.list.viewed"
    item = output.MeetingItem
    example = examples.MEETINGS
    form_class = MeetingFilter

    def paged(self, *, after: Cursor | None, limit: int) -> Page[Meeting]:
        """One page of the list of the page, what is to come among the others."""
        return queries.meeting_page(actor=self.actor, after=after, wanted=self.form.cleaned_data, limit=limit)


class OfMeeting(Operation):
    """An operation about one meeting: loads it through the wall and requires the permission on it."""

    permission: ClassVar[access.Permission] = MeetingPermission.VIEW
    scope = Scope.MEETINGS_READ
    meeting: Meeting

    def load(self) -> None:
        """The meeting with its root."""
        found = Meeting.objects.visible_to(self.actor).select_related("root")
        self.meeting = get_object_or_404(found, pk=self.kwargs["pk"])
        self.root_id = self.meeting.pk
        access.require(self.actor, self.permission, self.meeting)


class MeetingRead(OfMeeting):
    """Read a meeting with its time and place."""

    verb = "meetings.meeting.viewed"
    output = output.MeetingDocument
    example = examples.MEETING

    def read(self) -> dict[str, Any]:
        """The facts of the page."""
        return self.document(self.meeting)


class MeetingAgenda(OfMeeting, ListOperation):
    """List the agenda of a meeting as the bearer may see it, with what was decided.

    An item about a nomination is there for those alone who see the nomination, and items are counted without it for the others. The
    list has one page.
    """

    verb = "meetings.agenda.viewed"
    item = output.AgendaLineItem
    example = examples.AGENDA

    def rows(self) -> tuple[queries.AgendaLine, ...]:
        """All of it, in two statements."""
        return tuple(queries.agenda(self.meeting, actor=self.actor))
