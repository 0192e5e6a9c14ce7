"""Short forms of what stands under a case, and of its moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import NoteAudience, Stage
from foundation.pages.forms import VersionedForm
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Authority
from foundation.tenancy.names import PARTNER, PrincipalName


class MoveForm(VersionedForm):
    """A move that asks for nothing but a second look."""


class ReasonForm(VersionedForm):
    """A move with a reason that stays on record."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Everyone on the case reads it."),
    )


class ProceedingForm(forms.Form):
    """What an authority does under its own law."""

    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=Stage.choices, initial=Stage.INVESTIGATION)
    opened_date = forms.DateField(
        label=gettext_lazy("Opened on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    state_of_play = forms.CharField(
        label=gettext_lazy("State of play"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One or two sentences without personal data. Everyone on the case reads them."),
    )


class NewProceedingForm(ProceedingForm):
    """The same for an authority of the own partner."""

    authority = forms.ModelChoiceField(
        label=gettext_lazy("Authority"), queryset=Authority.objects.none(), empty_label=None
    )
    field_order = ("authority", "stage", "opened_date", "state_of_play")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["authority"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Authority.objects.filter(partner=actor.partner_id, closed_at__isnull=True)
        field.initial = actor.authority_id


class EditProceedingForm(ProceedingForm, VersionedForm):
    """The same over a proceeding that stands."""


class FileNumberForm(forms.Form):
    """The authority's own reference."""

    number = forms.CharField(
        label=gettext_lazy("File number"),
        max_length=80,
        help_text=gettext_lazy("Only people of your own partner who see the case read it, or that it is there."),
    )


class NoteForm(forms.Form):
    """A note and for whom it is."""

    text = forms.CharField(label=gettext_lazy("Note"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}))
    audience = forms.ChoiceField(
        label=gettext_lazy("Who reads it"),
        choices=NoteAudience.choices,
        initial=NoteAudience.EVERYONE,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("This cannot be changed later."),
    )


class EditNoteForm(VersionedForm):
    """A note that stands; its audience stays."""

    text = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("How it read before is kept, for the same readers."),
    )


class TaskForm(forms.Form):
    """Who should do what by when."""

    assignee = forms.TypedChoiceField(
        label=gettext_lazy("Given to"),
        coerce=int,
        help_text=gettext_lazy("Whoever of them sees the case finds the task. A task shows the case to nobody new."),
    )
    title = forms.CharField(label=gettext_lazy("Task"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Details"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_at = forms.DateTimeField(
        label=gettext_lazy("Due"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, assignable: Iterable[PrincipalName], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("Choose a person, an office or an authority")), *_by_partner(assignable)]
        self.fields["due_at"].help_text = gettext_lazy("Your time zone: %(zone)s.") % {"zone": actor.time_zone}


def _by_partner(assignable: Iterable[PrincipalName]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices under the name of their partner."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in assignable:
        label = (
            name.name if name.kind == PARTNER or name.authority in {"", name.name} else f"{name.name}, {name.authority}"
        )
        groups.setdefault(name.partner, []).append((str(name.group_id), label))
    return list(groups.items())
