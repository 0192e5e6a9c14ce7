"""Pages of meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.pages import panels, submissions
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage, VersionedForm
from foundation.workflow.states import Transition, available
from meetings import actions, queries, states
from meetings.forms import CancelForm, DecisionForm, ItemForm, MeetingChangeForm, MeetingForm, MoveForm, values_of
from meetings.models import AgendaItem, Meeting
from meetings.permissions import MeetingPermission


class OneMeeting:
    """A page about one meeting: loads it through the walls and requires the page's permission on it."""

    permission: ClassVar[access.Permission]
    kwargs: dict[str, Any]
    actor: Any

    def load(self) -> None:
        """The meeting, or 404."""
        found = Meeting.objects.visible_to(self.actor).select_related("root")
        self.meeting = get_object_or_404(found, pk=self.kwargs["pk"])
        self.root_id = self.meeting.pk
        access.require(self.actor, self.permission, self.meeting)

    def back(self) -> str:
        """The meeting's page."""
        return reverse("meeting", args=[self.meeting.pk])


class MeetingPage(OneMeeting, ActorPage):
    """A meeting with its agenda, composed for its reader."""

    permission = MeetingPermission.VIEW
    verb = "meetings.meeting.viewed"
    template_name = "meetings/meeting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The agenda, and what the actor may do."""

        def may(permission: MeetingPermission) -> bool:
            return access.allowed(self.actor, permission, self.meeting)

        coming = self.meeting.status in states.COMING
        transitions = available(states.TRANSITIONS, self.meeting.status, may)
        return super().get_context_data(
            meeting=self.meeting,
            trail=[{"label": _("Meetings"), "url": reverse("meetings")}],
            lines=queries.agenda(self.meeting, actor=self.actor),
            moves=[_button(transition, self.meeting) for transition in transitions],
            may_change=coming and may(MeetingPermission.EDIT),
            may_arrange=coming and may(MeetingPermission.ARRANGE),
            may_decide=self.meeting.status != states.CANCEL.target and may(MeetingPermission.DECIDE),
            undecided=_("not yet") if coming else _("none"),
            new_key=submissions.new_key,
            now=timezone.now(),
            panels=panels.on("meetings.meeting", record=self.meeting, actor=self.actor, at=timezone.now()),
            **kwargs,
        )


class MeetingAction(OneMeeting, ActionPage):
    """A form over one meeting."""

    heading: ClassVar[Any] = ""
    danger: ClassVar[bool] = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Heading, and the way back."""
        words = {"heading": self.heading, "lead": self.meeting.root.title, "danger": self.danger}
        trail = [
            {"label": _("Meetings"), "url": reverse("meetings")},
            {"label": self.meeting.root.reference, "url": self.back()},
        ]
        return super().get_context_data(**words, trail=trail, cancel_url=self.back(), **kwargs)


class CallMeeting(ActionPage):
    """Call a Contact Group meeting."""

    permission = MeetingPermission.CALL
    verb = "meetings.call.viewed"
    form_class = MeetingForm
    keeps_drafts = True
    submit_label = gettext_lazy("Call the meeting")

    def act(self, form: forms.Form) -> str:
        """To the new meeting."""
        meeting = actions.call(**form.cleaned_data, by=self.actor, at=timezone.now())
        return reverse("meeting", args=[meeting.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Says who will see it."""
        lead = _("The Contact Group seats of all partners, the case desk and the programme team see it and are told.")
        trail = [{"label": _("Meetings"), "url": reverse("meetings")}]
        return super().get_context_data(
            heading=_("Call a meeting"), lead=lead, trail=trail, cancel_url=reverse("meetings"), **kwargs
        )


class ChangeMeeting(MeetingAction):
    """Change title, time, place or mode."""

    permission = MeetingPermission.EDIT
    verb = "meetings.change.viewed"
    form_class = MeetingChangeForm
    keeps_drafts = True
    changes = "meetings.meeting."
    heading = gettext_lazy("Change the meeting")

    @property
    def edited(self) -> Meeting:
        """The meeting."""
        return self.meeting

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """As the meeting stands."""
        meeting = cast("Meeting", record)
        return {**values_of(meeting), "version": meeting.version}

    def act(self, form: forms.Form) -> str:
        """Back to the meeting."""
        actions.change(meeting=self.meeting, **form.cleaned_data, by=self.actor, at=timezone.now())
        return self.back()


class MoveMeeting(MeetingAction):
    """One step of the meeting along its table of states."""

    permission = MeetingPermission.RUN
    form_class = VersionedForm
    step: ClassVar[Callable[..., Meeting]]

    def get_initial(self) -> dict[str, Any]:
        """The version that is shown."""
        return {"version": self.meeting.version}

    def act(self, form: forms.Form) -> str:
        """Back to the meeting."""
        type(self).step(meeting=self.meeting, **form.cleaned_data, by=self.actor, at=timezone.now())
        return self.back()


class StartMeeting(MoveMeeting):
    """Note that the meeting has begun."""

    verb = "meetings.start.viewed"
    heading = submit_label = states.START.label
    step = staticmethod(actions.start)


class CloseMeeting(MoveMeeting):
    """Note that the meeting is over."""

    verb = "meetings.close.viewed"
    heading = submit_label = states.CLOSE.label
    step = staticmethod(actions.close)


class CancelMeeting(MoveMeeting):
    """Cancel the meeting, with a reason."""

    verb = "meetings.cancel.viewed"
    form_class = CancelForm
    danger = True
    keeps_drafts = True
    heading = submit_label = states.CANCEL.label
    step = staticmethod(actions.cancel)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way back, in words that nobody takes for the act."""
        return super().get_context_data(cancel_label=_("Keep the meeting"), **kwargs)


class AddItem(MeetingAction):
    """Add a general item."""

    permission = MeetingPermission.ARRANGE
    verb = "meetings.item_add.viewed"
    form_class = ItemForm
    heading = submit_label = gettext_lazy("Add an item")

    def act(self, form: forms.Form) -> str:
        """Back to the meeting."""
        actions.add_item(meeting=self.meeting, title=form.cleaned_data["title"], by=self.actor, at=timezone.now())
        return self.back()


class ItemAction(MeetingAction):
    """A form over one item of the agenda."""

    permission = MeetingPermission.ARRANGE

    def load(self) -> None:
        """The meeting and its item, or 404."""
        super().load()
        items = AgendaItem.objects.visible_to(self.actor).on(self.meeting.pk).select_related("root")
        self.item = get_object_or_404(items, pk=self.kwargs["item"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Names the item."""
        context = super().get_context_data(**kwargs)
        context["lead"] = self.item.title or self.item.root.title
        return context


class MoveItem(ItemAction):
    """Let an item change places with its neighbour."""

    verb = "meetings.item_move.viewed"
    form_class = MoveForm
    heading = submit_label = gettext_lazy("Move the item")

    def act(self, form: forms.Form) -> str:
        """Back to the agenda."""
        up = form.cleaned_data["direction"] == "up"
        actions.move_item(item=self.item, up=up, by=self.actor, at=timezone.now())
        return f"{self.back()}#agenda"


class TakeOffItem(ItemAction):
    """Take a general item off the agenda."""

    verb = "meetings.item_take_off.viewed"
    form_class = forms.Form
    danger = True
    heading = submit_label = gettext_lazy("Take the item off the agenda")

    def act(self, form: forms.Form) -> str:
        """Back to the agenda."""
        actions.take_off(item=_general(self.item), by=self.actor, at=timezone.now())
        return f"{self.back()}#agenda"


class DecideItem(ItemAction):
    """Record what was decided on a general item."""

    permission = MeetingPermission.DECIDE
    verb = "meetings.item_decide.viewed"
    form_class = DecisionForm
    keeps_drafts = True
    heading = submit_label = gettext_lazy("Record the decision")

    def act(self, form: forms.Form) -> str:
        """Back to the agenda."""
        actions.decide(item=_general(self.item), **form.cleaned_data, by=self.actor, at=timezone.now())
        return f"{self.back()}#agenda"


def _general(item: AgendaItem) -> AgendaItem:
    """An item about another root is handled on that root's own pages."""
    if item.root_id != item.meeting_id:
        raise Http404
    return item


def _button(transition: Transition[MeetingPermission], meeting: Meeting) -> dict[str, object]:
    return {
        "transition": transition,
        "url": reverse(transition.url, args=[meeting.pk]),
        "method": "" if transition.needs_reason else "post",
        "key": submissions.new_key(),
    }
