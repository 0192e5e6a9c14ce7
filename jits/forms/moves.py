"""Short forms of what the parties decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.forms import VersionedForm
from foundation.tenancy.models import Office
from jits.choices import Obstacle


class MoveForm(VersionedForm):
    """A move that asks for nothing but a second look."""


class ReasonForm(VersionedForm):
    """A move with a reason that stays on record."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("All parties and participants read it."),
    )


class EndForm(VersionedForm):
    """Why there will be no team."""

    obstacle = forms.ChoiceField(label=gettext_lazy("Reason"), choices=Obstacle.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("In words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Needed for another reason. All parties and participants read it."),
    )
    parallel = forms.BooleanField(
        label=gettext_lazy("The proceedings go on side by side, as parallel investigations"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Another reason needs words."""
        data = super().clean() or {}
        if data.get("obstacle") == Obstacle.OTHER and not data.get("text", "").strip():
            self.add_error("text", _("Say in words what the other reason is."))
        return data


class InviteForm(VersionedForm):
    """Which office is to take part, and what for."""

    office = forms.TypedChoiceField(label=gettext_lazy("Who takes part"))
    words = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=300,
        help_text=gettext_lazy("Everyone on the team reads it."),
    )

    def __init__(self, *args: Any, offices: Sequence[Office], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["office"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(str(one.pk), f"{one.get_kind_display()}, {one.partner.name}") for one in offices]
        field.coerce = {str(one.pk): one.pk for one in offices}.__getitem__
