"""What the team says to a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.forms import VersionedForm
from foundation.tenancy.models import Membership
from jits.checklist import Answer


class PointForm(VersionedForm):
    """Answer, comment, and who sees to it."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("All parties and participants read it."),
    )
    responsible = forms.TypedChoiceField(
        label=gettext_lazy("Who sees to it"),
        required=False,
        empty_value=None,
        help_text=gettext_lazy("Somebody who sees the team; whoever is named is told."),
    )

    def __init__(self, *args: Any, people: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["responsible"]
        assert isinstance(field, forms.TypedChoiceField)
        named = [(str(one.pk), f"{one.account.full_name}, {one.authority.name}") for one in people]
        field.choices = [("", _("Nobody yet")), *named]
        field.coerce = {str(one.pk): one.pk for one in people}.__getitem__


class DraftForm(VersionedForm):
    """Begin to draft; where points are not settled, why."""

    justification = forms.CharField(
        label=gettext_lazy("Why the team goes on although points are open"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Needed while points before the drafting are open or answered with no. It stays on record."
        ),
    )
