"""The request for a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.pages.forms import VersionedForm
from foundation.tenancy.models import Authority
from jits.choices import Trigger
from jits.models import Jit
from jits.models.team import LONGEST_MONTHS
from jits.request import FIELDS, Request


class RequestForm(forms.Form):
    """What the parties read."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("Without personal data: it stands in lists and in the inbox of every party."),
    )
    trigger = forms.ChoiceField(
        label=gettext_lazy("On which ground"), choices=Trigger.choices, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label=gettext_lazy("Purpose of the team"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What the team is to find out and to secure: evidence, arrests, assets."),
    )
    facts = forms.CharField(
        label=gettext_lazy("Offences and facts"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "As in a request for assistance: what is investigated, under which provisions, what is known."
        ),
    )
    composition = forms.CharField(
        label=gettext_lazy("Proposed composition"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Which authorities and which kinds of members, and where the team is to work. Names come later."
        ),
    )
    months = forms.IntegerField(
        label=gettext_lazy("Duration in months"), min_value=1, max_value=LONGEST_MONTHS, initial=12
    )

    def asked(self) -> Request:
        """The request as it was typed."""
        return Request(title=self.cleaned_data["title"], **{name: self.cleaned_data[name] for name in FIELDS})


class ThinkUpForm(RequestForm):
    """The same, with the parties."""

    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Parties"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Authorities that work on the case, one of each partner; your own is one of them. Partners that you leave out do not"
            " learn of the team. This cannot be changed later."
        ),
    )
    field_order = ("title", "parties", "trigger", "purpose", "facts", "composition", "months")

    def __init__(self, *args: Any, candidates: Sequence[Authority], **options: Any) -> None:
        super().__init__(*args, **options)
        self.candidates = {str(authority.pk): authority for authority in candidates}
        field = self.fields["parties"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, f"{one.name}, {one.partner.name}") for key, one in self.candidates.items()]

    def clean_parties(self) -> list[Authority]:
        """The authorities themselves."""
        return [self.candidates[key] for key in self.cleaned_data["parties"]]


class ReviseForm(RequestForm, VersionedForm):
    """The same over a request that stands; its parties stay."""


def values_of(jit: Jit) -> Mapping[str, object]:
    """The request as it stands, under the form's field names."""
    return {"title": jit.root.title, **{name: getattr(jit, name) for name in FIELDS}}
