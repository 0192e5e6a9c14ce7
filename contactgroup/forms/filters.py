"""What the list of nominations can be narrowed by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from contactgroup.choices import Outcome, Status
from foundation.pages.filters import FilterForm, any_of


class NominationFilter(FilterForm):
    """Filters of the list of nominations."""

    status = forms.MultipleChoiceField(
        label=gettext_lazy("Status"), choices=Status.choices, widget=forms.CheckboxSelectMultiple
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=any_of(Outcome.choices))
    own = forms.BooleanField(label=gettext_lazy("Only nominations of my authority"))
