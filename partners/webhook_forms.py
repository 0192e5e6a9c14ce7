"""The forms of webhooks; what they check is checked again by the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.webhooks import destinations, events
from partners.system_forms import OverlapField


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

    overlap = OverlapField(
        label=_("The old secret signs on"),
        help_text=_("So long every delivery carries two signatures, and the system may check either."),
    )
