"""The forms of webhooks; what they check is checked again by the actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.systems.actions import OVERLAP
from foundation.webhooks import destinations, events


class SubscribeForm(forms.Form):
    """Where a system is told, and of what."""

    url = forms.CharField(
        label=_("Address"),
        max_length=destinations.LONGEST,
        strip=True,
        help_text=_("Begins with https:// and is reached from the public internet. It cannot be changed later."),
    )
    chosen = forms.MultipleChoiceField(
        label=_("It is told that"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only of what the system sees, and never what stands there: a key and a link."),
    )
    field_order = ("url", "chosen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["chosen"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = events.choices()


class SecretForm(forms.Form):
    """A new secret in the place of an old one."""

    overlap = forms.TypedChoiceField(
        label=_("The old secret signs on"),
        coerce=int,
        initial=1,
        choices=[
            (0, _("not at all: it ends now")),
            (1, _("for one day")),
            (3, _("for three days")),
            (OVERLAP.days, _("for seven days")),
        ],
        help_text=_("So long every delivery carries two signatures, and the system may check either."),
    )

    @property
    def overlaps(self) -> timedelta:
        """The time for which both sign."""
        return timedelta(days=self.cleaned_data["overlap"])


class NothingForm(forms.Form):
    """Nothing to fill in."""
