"""Forms from the agenda to the decision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactgroup.choices import Ground, Outcome, RecusalScope, Voice
from foundation.components import formats
from foundation.pages.forms import VersionedForm
from meetings.forms import InstantField
from meetings.models import Meeting

DAYS_TO_ANSWER = 30


class AgendaForm(VersionedForm):
    """On which agenda."""

    meeting = forms.ChoiceField(label=gettext_lazy("Meeting"))

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        self.meetings = {str(meeting.pk): meeting for meeting in meetings}
        field = self.fields["meeting"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, f"{m.root.title}, {formats.instant(m.starts_at)}") for key, m in self.meetings.items()]

    def clean_meeting(self) -> Meeting:
        """The meeting itself."""
        return self.meetings[self.cleaned_data["meeting"]]


class OpenVotingForm(VersionedForm):
    """When the vote ends by itself."""

    closes_at = InstantField(label=gettext_lazy("The vote ends"), required=False)


class VoteForm(forms.Form):
    """The partner's one voice."""

    voice = forms.ChoiceField(
        label=gettext_lazy("Your partner's vote"), choices=Voice.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everyone on the nomination reads vote and comment when the vote is closed."),
    )


class RecuseForm(forms.Form):
    """Who takes no part, and why; ``others`` are the names of those who can vote for the partner besides the actor."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Who takes no part"),
        choices=RecusalScope.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Of the partner as a whole only when nobody of it may vote: its voice leaves the count."
        ),
    )
    ground = forms.ChoiceField(label=gettext_lazy("Reason"), choices=Ground.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Needed for another conflict of interests. Read by your own partner and Eurojust's case desk alone; name nobody."
        ),
    )

    def __init__(self, *args: Any, others: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        if others:
            who = _("Besides you, %(names)s can vote for your partner.") % {"names": ", ".join(others)}
        else:
            who = _(
                "Besides you, nobody can vote for your partner: it would stay silent until somebody is appointed to its seat."
            )
        why = _("Recuse the partner as a whole only when nobody of it may vote: its voice then leaves the count.")
        self.fields["scope"].help_text = f"{who} {why}"

    def clean(self) -> dict[str, Any]:
        """Another conflict of interests needs words."""
        data = super().clean() or {}
        if data.get("ground") == Ground.OTHER and not data.get("words", "").strip():
            self.add_error("words", _("Say in words which conflict of interests it is."))
        return data


class WordsForm(VersionedForm):
    """An act that needs words."""

    words = forms.CharField(label=gettext_lazy("In words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class ReasonForm(VersionedForm):
    """An act that needs its reason."""

    words = forms.CharField(label=gettext_lazy("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class DecideForm(VersionedForm):
    """The final decision; ``possible`` are the outcomes that the vote allows."""

    outcome = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Decision in words"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Needed as the reason for every decision but taking up. The electorate reads it."),
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Invited partners answer by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Until the end of that day; used when the case is taken up."),
    )

    def __init__(self, *args: Any, possible: Collection[str], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.initial.setdefault("answer_by", today + timedelta(days=DAYS_TO_ANSWER))
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, label) for code, label in Outcome.choices if code in possible]

    def clean_answer_by(self) -> date | None:
        """A day that is not over yet."""
        day: date | None = self.cleaned_data["answer_by"]
        if day is not None and day < self.today:
            raise ValidationError(_("This day is past."))
        return day

    def answer_until(self) -> datetime | None:
        """The end of the day, in the actor's zone."""
        day = self.cleaned_data["answer_by"]
        return None if day is None else timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
