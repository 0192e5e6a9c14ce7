"""Who is in the team for a party, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.pages.forms import VersionedForm
from foundation.reference.kinds import DayField
from foundation.tenancy.models import Partner
from jits.choices import MemberRole

_TOLD = gettext_lazy("All parties and participants read it.")


class OnForm(forms.Form):
    """On which day the annex is asked about."""

    on = DayField(label=gettext_lazy("On the day"), required=False)


class EnterForm(VersionedForm):
    """Role, name or number, authority, and the period."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=MemberRole.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    protected = forms.BooleanField(
        label=gettext_lazy("The identity is protected"),
        required=False,
        help_text=gettext_lazy(
            "The other parties read a number alone. The name stays with people of your own partner."
        ),
    )
    authority = forms.CharField(label=gettext_lazy("Authority or service"), max_length=200)
    seconded_to = forms.ModelChoiceField(
        label=gettext_lazy("Works in the territory of"),
        queryset=Partner.objects.none(),
        required=False,
        help_text=gettext_lazy("For a seconded member alone: another party of the team."),
    )
    from_date = DayField(label=gettext_lazy("From"))
    until_date = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The last day. Empty: as long as the team works."),
    )
    text = forms.CharField(
        label=gettext_lazy("Words to the parties"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_TOLD,
    )

    def __init__(self, *args: Any, partners: Sequence[Partner], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["seconded_to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Partner.objects.filter(pk__in=[one.pk for one in partners]).order_by("position", "name")


class EndMemberForm(VersionedForm):
    """The last day of a member."""

    until_date = DayField(label=gettext_lazy("Last day"))
    text = forms.CharField(
        label=gettext_lazy("Words to the parties"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_TOLD,
    )
