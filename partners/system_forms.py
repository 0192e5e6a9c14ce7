"""The forms of systems and their tokens; what they check is checked again by the actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.systems import networks
from foundation.systems.actions import OVERLAP
from foundation.systems.models import LONGEST
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import AccountKind
from foundation.tenancy.models import Authority, Partner
from partners import rules


class RegisterForm(forms.Form):
    """A system: where it belongs, what it is called, as what it acts."""

    authority = forms.ModelChoiceField(label=_("Authority"), queryset=Authority.objects.none(), empty_label=None)
    name = forms.CharField(
        label=_("Name of the system"),
        max_length=150,
        help_text=_("Others read it where the system does something, marked as a partner system."),
    )
    role = forms.ChoiceField(
        label=_("Role"), help_text=_("It may do what a person of this role may, and never more than its tokens say.")
    )
    purpose = forms.CharField(
        label=_("What it is for"), max_length=120, required=False, help_text=_("And who runs it, for your colleagues.")
    )

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authority, role = self.fields["authority"], self.fields["role"]
        assert isinstance(authority, forms.ModelChoiceField)
        assert isinstance(role, forms.ChoiceField)
        authority.queryset = Authority.objects.taking().filter(partner=partner)
        role.choices = [(one.value, one.label) for one in rules.roles_of(partner.kind, AccountKind.SYSTEM)]


class LastingForm(forms.Form):
    """How long a new token is valid."""

    days = forms.IntegerField(
        label=_("Valid for days"),
        min_value=1,
        max_value=LONGEST.days,
        initial=LONGEST.days,
        help_text=_("At most 90. Fourteen and three days before it ends, you are reminded to replace it."),
    )

    @property
    def lasts(self) -> timedelta:
        """The time for which it is valid."""
        return timedelta(days=self.cleaned_data["days"])


class NetworksField(forms.CharField):
    """Address ranges in the notation of CIDR; its value is a tuple of them."""

    def clean(self, value: Any) -> Any:
        """Read the ranges; the error names what is none."""
        text = super().clean(value)
        try:
            found = networks.read(text)
        except networks.NoNetwork as error:
            raise forms.ValidationError(
                gettext("“%(text)s” is no address range. Write it like 192.0.2.0/24 or 2001:db8::/48.")
                % {"text": str(error)[:60]}
            ) from error
        if len(found) > networks.AT_MOST:
            raise forms.ValidationError(gettext("At most ten address ranges."))
        return found


class GrantForm(LastingForm):
    """A new token: for what, for how long, from where."""

    scopes = forms.MultipleChoiceField(
        label=_("It may be used to"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what the system needs and no more. To write does not include to read."),
    )
    networks = NetworksField(
        label=_("Usable from"),
        max_length=400,
        required=False,
        help_text=_("Address ranges of the system, such as 192.0.2.0/24 or 2001:db8::/48. Empty: from everywhere."),
        validators=[ProhibitNullCharactersValidator()],
    )
    field_order = ("scopes", "days", "networks")


def _days(number: str) -> timedelta:
    return timedelta(days=int(number))


class OverlapField(forms.TypedChoiceField):
    """For how long the old of two works beside the new one; the cleaned value is that time."""

    def __init__(self, **said: Any) -> None:
        choices = [
            (0, _("not at all: it ends now")),
            (1, _("for one day")),
            (3, _("for three days")),
            (OVERLAP.days, _("for seven days")),
        ]
        super().__init__(coerce=_days, initial=1, choices=choices, **said)


class RotateForm(LastingForm):
    """A new token in the place of an old one."""

    overlap = OverlapField(
        label=_("The old token works on"),
        help_text=_("Long enough to give the new one to the system. Never longer than it would have worked anyway."),
    )


class RevokeForm(forms.Form):
    """Nothing to fill in."""
