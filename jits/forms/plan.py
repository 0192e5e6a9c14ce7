"""Phases and tasks of the operational action plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.forms import VersionedForm
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership
from jits.measure import Measure
from jits.models import JitParty, JitPhase, JitTask


class PhaseForm(forms.Form):
    """The name of a phase."""

    title = forms.CharField(
        label=gettext_lazy("Phase"),
        max_length=120,
        help_text=gettext_lazy("For example: covert measures, action day, trial."),
    )


class RenamePhaseForm(PhaseForm, VersionedForm):
    """The same over a phase that stands."""


class TaskForm(forms.Form):
    """Which party does what until when."""

    phase = forms.TypedChoiceField(label=gettext_lazy("Phase"), coerce=UUID)
    title = forms.CharField(label=gettext_lazy("Measure"), max_length=200, help_text=gettext_lazy("What is done."))
    party = forms.TypedChoiceField(
        label=gettext_lazy("Party"),
        coerce=UUID,
        help_text=gettext_lazy("The party that does it. What two parties do are two tasks."),
    )
    responsible = forms.TypedChoiceField(
        label=gettext_lazy("Responsible"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=gettext_lazy(
            "Somebody of that party who sees the team; told at once, and reminded before the deadline."
        ),
    )
    due_at = forms.DateTimeField(
        label=gettext_lazy("Deadline"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    text = forms.CharField(
        label=gettext_lazy("Details"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("All parties and participants read it."),
    )

    def __init__(
        self,
        *args: Any,
        phases: Sequence[JitPhase],
        parties: Sequence[JitParty],
        people: Sequence[Membership],
        actor: Actor,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._choose("phase", [(str(one.pk), one.title) for one in phases])
        self._choose("party", [(str(one.pk), f"{one.partner.name}, {one.authority.name}") for one in parties])
        partners = {one.partner_id for one in parties}
        own = [one for one in people if one.authority.partner_id in partners]
        named = [(str(one.pk), f"{one.account.full_name}, {one.authority.name}") for one in own]
        self._choose("responsible", [("", _("Nobody yet")), *named])
        self.fields["due_at"].help_text = gettext_lazy("Your time zone: %(zone)s.") % {"zone": actor.time_zone}

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices

    def measure(self) -> Measure:
        """The task as it was typed."""
        names = ("phase", "party", "title", "text", "responsible", "due_at")
        return Measure(**{name: self.cleaned_data[name] for name in names})


class ChangeTaskForm(TaskForm, VersionedForm):
    """The same over a task that stands."""


class FinishForm(VersionedForm):
    """What came of it."""

    outcome = forms.CharField(
        label=gettext_lazy("Outcome"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("All parties and participants read it."),
    )


def values_of(task: JitTask) -> Mapping[str, object]:
    """A task as it stands, under the form's field names."""
    return {
        "phase": str(task.phase_id),
        "party": str(task.party_id),
        "title": task.title,
        "text": task.text,
        "responsible": str(task.responsible_id or ""),
        "due_at": task.due_at,
    }
