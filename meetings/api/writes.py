"""Acts on meetings: each calls the action of its page, with the form of its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models

from foundation import access
from foundation.pages.api.writing import Acting, Creating, Done, Editing, Moving, Removing, Writing, done
from foundation.pages.forms import VersionedForm
from foundation.systems.scopes import Scope
from meetings import actions
from meetings.api.operations import OfMeeting
from meetings.forms import CancelForm, ItemForm, MeetingChangeForm, MeetingForm, MoveForm, values_of
from meetings.models import AgendaItem, Meeting
from meetings.permissions import MeetingPermission


class MeetingCall(Creating):
    """Call a Contact Group meeting.

    The Contact Group seats of all partners, the case desk and the programme team see it and are told.
    """

    permission = MeetingPermission.CALL
    scope = Scope.MEETINGS_WRITE
    verb = "meetings.meeting.called"
    form_class = MeetingForm
    sample: ClassVar[dict[str, Any]] = {
        "title": "18th Contact Group meeting",
        "starts_at": "2027-03-09T09:00:00Z",
        "ends_at": "2027-03-09T16:00:00Z",
        "nominations_until": "2027-03-02T16:00:00Z",
        "mode": "hybrid",
        "place": "Skopje",
    }

    def act(self, form: forms.Form) -> Done:
        """Call it."""
        return done(actions.call(**form.cleaned_data, by=self.actor, at=self.now), "api_meeting")


class OnMeeting(OfMeeting, Writing):
    """An act on one meeting."""

    permission: ClassVar[access.Permission]
    scope = Scope.MEETINGS_WRITE

    @property
    def edited(self) -> models.Model:
        """The meeting."""
        return self.meeting


class MeetingChange(OnMeeting, Editing):
    """Change title, time, place or mode of a meeting to come.

    What the body leaves out stays as it is. Everyone who was called is told.
    """

    permission = MeetingPermission.EDIT
    verb = "meetings.meeting.changed"
    form_class = MeetingChangeForm
    sample: ClassVar[dict[str, Any]] = {"place": "Skopje, Palace of Justice"}

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """What stands there."""
        return values_of(self.meeting)

    def act(self, form: forms.Form) -> Done:
        """Save it."""
        return done(
            actions.change(meeting=self.meeting, **form.cleaned_data, by=self.actor, at=self.now), "api_meeting"
        )


class MeetingMove(OnMeeting, Moving):
    """A step of the meeting along its table of states."""

    permission = MeetingPermission.RUN
    form_class: ClassVar[type[forms.Form]] = VersionedForm
    step: ClassVar[Callable[..., Meeting]]

    def act(self, form: forms.Form) -> Done:
        """Call the step's action."""
        moved = type(self).step(meeting=self.meeting, **form.cleaned_data, by=self.actor, at=self.now)
        return done(moved, "api_meeting")


class MeetingStart(MeetingMove):
    """Note that a meeting has begun."""

    verb = "meetings.meeting.running"
    step = staticmethod(actions.start)


class MeetingClose(MeetingMove):
    """Note that a meeting is over.

    Its agenda is fixed from now on.
    """

    verb = "meetings.meeting.held"
    step = staticmethod(actions.close)


class MeetingCancel(MeetingMove):
    """Cancel a meeting.

    Everyone who was called is told, and can read the reason.
    """

    verb = "meetings.meeting.cancelled"
    form_class = CancelForm
    step = staticmethod(actions.cancel)
    sample: ClassVar[dict[str, Any]] = {"reason": "Too few can come."}


class OnAgenda(OnMeeting):
    """An act on the agenda, which is read as a whole."""

    permission = MeetingPermission.ARRANGE

    def read_at(self, key: Any) -> Done:
        """The receipt."""
        return Done(id=key, url=done(self.meeting, "api_meeting_agenda").url)


class ItemAdd(OnAgenda, Creating):
    """Add an item of the meeting's own at the end of the agenda.

    Everyone who was called sees it. What is nominated comes onto the agenda by the acts of its nomination.
    """

    verb = "meetings.item.added"
    form_class = ItemForm
    sample: ClassVar[dict[str, Any]] = {"title": "Report of the secretariat"}

    def act(self, form: forms.Form) -> Done:
        """Add it."""
        item = actions.add_item(meeting=self.meeting, title=form.cleaned_data["title"], by=self.actor, at=self.now)
        return self.read_at(item.pk)


class OnItem(OnAgenda):
    """An act on one item of the agenda."""

    item: AgendaItem

    def load(self) -> None:
        """The item, as far as the bearer sees it."""
        super().load()
        self.item = self.items().get(pk=self.kwargs["item"])

    def items(self) -> models.QuerySet[AgendaItem]:
        """Those of the meeting's own: an item about another record is handled by the acts of that record."""
        return AgendaItem.objects.visible_to(self.actor).on(self.meeting.pk).filter(root=self.meeting.pk)


class ItemMove(OnItem, Acting):
    """Let an item change places with its neighbour, among those that the bearer sees."""

    verb = "meetings.item.moved"
    form_class = MoveForm
    sample: ClassVar[dict[str, Any]] = {"direction": "up"}

    def items(self) -> models.QuerySet[AgendaItem]:
        """Of every kind."""
        return AgendaItem.objects.visible_to(self.actor).on(self.meeting.pk)

    def act(self, form: forms.Form) -> Done:
        """Move it."""
        up = form.cleaned_data["direction"] == "up"
        actions.move_item(item=self.item, up=up, by=self.actor, at=self.now)
        return self.read_at(self.item.pk)


class ItemTakeOff(OnItem, Removing):
    """Take an undecided item of the meeting's own off the agenda."""

    verb = "meetings.item.taken_off"

    def act(self, form: forms.Form) -> Done:
        """Take it off."""
        key = self.item.pk
        actions.take_off(item=self.item, by=self.actor, at=self.now)
        return self.read_at(key)
