"""Forms of meetings. Instants are read and shown in the actor's zone, which the page activates, and kept in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.filters import FilterForm, any_of
from foundation.pages.forms import VersionedForm
from meetings.choices import GeneralOutcome, Mode
from meetings.models import Meeting


def _in_your_zone() -> str:
    return _("In your own time zone, %(zone)s.") % {"zone": timezone.get_current_timezone_name()}


in_your_zone = lazy(_in_your_zone, str)
"""The help of a field that takes an instant."""


class InstantField(forms.DateTimeField):
    """Date and time of day in the actor's zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(**{"widget": widget, "help_text": in_your_zone(), **options})


class MeetingForm(forms.Form):
    """What a meeting is called with."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    starts_at = InstantField(label=gettext_lazy("Starts"))
    ends_at = InstantField(label=gettext_lazy("Ends"))
    nominations_until = InstantField(
        label=gettext_lazy("Nominations until"),
        required=False,
        help_text=gettext_lazy("Contact Group seats are reminded before. What comes later goes to the next meeting."),
    )
    mode = forms.ChoiceField(label=gettext_lazy("Mode"), choices=Mode.choices)
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Town and building; for an online meeting, where the link will come from."),
    )

    def clean(self) -> dict[str, Any]:
        """A meeting ends after it starts, nominations before; one in person has a place."""
        data = super().clean() or self.cleaned_data
        starts_at: datetime | None = data.get("starts_at")
        ends_at: datetime | None = data.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The meeting must end after it starts."))
        nominations_until: datetime | None = data.get("nominations_until")
        if starts_at and nominations_until and nominations_until > starts_at:
            self.add_error("nominations_until", _("Nominations end before the meeting starts."))
        if data.get("mode") in {Mode.IN_PERSON, Mode.HYBRID} and not data.get("place"):
            self.add_error("place", _("Say where people meet."))
        return data


class MeetingChangeForm(MeetingForm, VersionedForm):
    """The same over a meeting that stands."""


def values_of(meeting: Meeting) -> dict[str, object]:
    """A meeting under the names of the form."""
    names = ("starts_at", "ends_at", "nominations_until", "mode", "place")
    return {"title": meeting.root.title, **{name: getattr(meeting, name) for name in names}}


class CancelForm(VersionedForm):
    """Why a meeting is cancelled."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everyone who was called can read it."),
    )


class ItemForm(forms.Form):
    """A general item of the agenda."""

    title = forms.CharField(
        label=gettext_lazy("Item"),
        max_length=200,
        help_text=gettext_lazy(
            "Everyone who was called to the meeting sees it. Nominations come from their own pages."
        ),
    )


class MoveForm(forms.Form):
    """Where an item goes."""

    direction = forms.ChoiceField(
        label=gettext_lazy("Direction"),
        choices=[("up", gettext_lazy("One place up")), ("down", gettext_lazy("One place down"))],
    )


class DecisionForm(forms.Form):
    """What was decided on a general item."""

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=GeneralOutcome.choices)
    text = forms.CharField(
        label=gettext_lazy("Decision in words"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MeetingFilter(FilterForm):
    """Filters of the list of meetings."""

    in_view = ("text", "when")

    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=any_of([("coming", gettext_lazy("To come")), ("over", gettext_lazy("Over"))]),
    )
