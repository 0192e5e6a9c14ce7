"""What the lists of cases and invitations can be narrowed by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cases.choices import InvitationStatus, Stage, Status, Urgency
from foundation.pages.filters import FilterForm, any_of

SORTS = (
    ("activity", gettext_lazy("Last activity")),
    ("opened", gettext_lazy("Newest case")),
    ("due", gettext_lazy("My next due date")),
)


class CaseFilter(FilterForm):
    """Filters of the list of cases; ``offered`` are the words of the code lists and the partners, by name of the field."""

    sort = forms.ChoiceField(label=gettext_lazy("Sorted by"), choices=SORTS)
    status = forms.MultipleChoiceField(
        label=gettext_lazy("Status"), choices=Status.choices, widget=forms.CheckboxSelectMultiple
    )
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=any_of(Stage.choices))
    urgency = forms.ChoiceField(label=gettext_lazy("Urgency"), choices=any_of(Urgency.choices))
    crime = forms.ChoiceField(label=gettext_lazy("Form of serious crime"))
    priority = forms.ChoiceField(label=gettext_lazy("European Union priority"))
    concerned = forms.ChoiceField(label=gettext_lazy("Partner concerned"))
    owner = forms.ChoiceField(label=gettext_lazy("Partner that brought the case"))
    own = forms.BooleanField(label=gettext_lazy("Only cases of my authority"))

    def __init__(self, *args: Any, offered: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = any_of(choices)


class InvitationFilter(FilterForm):
    """Filters of the list of invitations."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=any_of(InvitationStatus.choices))
