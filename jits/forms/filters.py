"""What the list of teams can be narrowed by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from foundation.pages.filters import FilterForm
from jits.choices import Status


class JitFilter(FilterForm):
    """Filters of the list of teams."""

    status = forms.MultipleChoiceField(
        label=gettext_lazy("Status"), choices=Status.choices, widget=forms.CheckboxSelectMultiple
    )
    running = forms.BooleanField(label=gettext_lazy("Only teams that are not over"))
    own = forms.BooleanField(label=gettext_lazy("Only teams that my partner proposed"))
