"""The forms of the directory; what they check is checked again by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.tenancy.choices import AuthorityKind, Role
from foundation.tenancy.models import Authority, Membership, Office, Partner
from partners import rules

_YEARS = 20


def zones(present: str) -> list[tuple[str, str]]:
    """The time zones on offer: those of Europe, UTC, and the one in use."""
    near = {zone for zone in available_timezones() if zone.startswith("Europe/")}
    return [(zone, zone.replace("_", " ")) for zone in sorted({*near, "Asia/Nicosia", "UTC", present})]


class DayField(forms.DateField):
    """A day in the actor's time zone, from today on."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)

    def clean(self, value: Any) -> date | None:
        """Refuse days past and days that nobody means."""
        day: date | None = super().clean(value)
        today = timezone.localdate()
        if day is not None and not today <= day <= today + timedelta(days=366 * _YEARS):
            raise forms.ValidationError(gettext("Choose a day from today on, within twenty years."))
        return day


def beginning_of(day: date | None) -> datetime | None:
    """Midnight at the beginning of that day; none for today, which means now."""
    if day is None or day <= timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date | None) -> datetime | None:
    """Midnight at the end of that day."""
    return None if day is None else timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class PeriodForm(forms.Form):
    """From and until; both may be left open."""

    first_day = DayField(label=_("From"), help_text=_("Empty: as soon as it is confirmed."))
    last_day = DayField(label=_("Last day"), help_text=_("Empty: until it is ended."))

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("The last day lies before the first."))
        return cleaned

    def period(self) -> dict[str, datetime | None]:
        """The period as the actions take it."""
        return {
            "starts_at": beginning_of(self.cleaned_data["first_day"]),
            "ends_at": end_of(self.cleaned_data["last_day"]),
        }


class PersonForm(forms.Form):
    """Who: an address, a name, a language."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The person's own address at work. Somebody who has an account keeps it."),
    )
    full_name = forms.CharField(label=_("Full name"), max_length=150)
    function = forms.CharField(
        label=_("Function"), max_length=120, required=False, help_text=_("As it is called at the authority.")
    )
    language = forms.ChoiceField(label=_("Language of the first mail"), choices=settings.LANGUAGES, initial="en")


class InviteForm(PersonForm, PeriodForm):
    """Propose a person for an authority."""

    role = forms.ChoiceField(label=_("Role"))
    field_order = ("email", "full_name", "role", "function", "language", "first_day", "last_day")

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "role", [(role.value, role.label) for role in rules.roles_of(authority.partner.kind)])


class FoundForm(PersonForm):
    """Name the first administrator of a partner."""

    authority = forms.ModelChoiceField(label=_("Authority"), queryset=Authority.objects.none(), empty_label=None)
    field_order = ("authority", "email", "full_name", "function", "language")

    def __init__(self, *args: Any, authorities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offered(self, "authority", authorities)


class MoveForm(forms.Form):
    """Another authority, another role, from a day on."""

    authority = forms.ModelChoiceField(label=_("New authority"), queryset=Authority.objects.none(), empty_label=None)
    role = forms.ChoiceField(label=_("New role"))
    function = forms.CharField(label=_("Function"), max_length=120, required=False)
    first_day = DayField(label=_("From"), help_text=_("Empty: now. The old membership ends at that moment."))

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner = membership.authority.partner
        _offered(self, "authority", Authority.objects.taking().filter(partner=partner))
        roles = rules.roles_of(partner.kind, membership.account.kind)
        _choices(self, "role", [(role.value, role.label) for role in roles])


class EndForm(forms.Form):
    """When it ends."""

    last_day = DayField(label=_("Last day"), help_text=_("Empty: it ends now."))


class AppointForm(PeriodForm):
    """Who shall hold an office, and in what capacity."""

    membership = forms.ModelChoiceField(label=_("Person"), queryset=Membership.objects.none(), empty_label=None)
    capacity = forms.ChoiceField(label=_("Capacity"), widget=forms.RadioSelect)
    field_order = ("membership", "capacity", "first_day", "last_day")

    def __init__(self, *args: Any, office: Office, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offered(self, "membership", people)
        field: Any = self.fields["membership"]
        field.label_from_instance = _named
        _choices(self, "capacity", [(c.value, c.label) for c in rules.capacities_of(office.kind)])


def _named(membership: Membership) -> str:
    return f"{membership.account.full_name}, {membership.authority.name} ({Role(membership.role).label})"


class AnswerForm(forms.Form):
    """Confirm or refuse."""

    CONFIRM, REFUSE = "confirm", "refuse"
    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[
            (CONFIRM, _("Confirm: I know who or what this is, and the appointment is right")),
            (REFUSE, _("Refuse: the appointment does not take place")),
        ],
    )


class AuthorityForm(forms.Form):
    """The name of an authority as the partner writes it."""

    name = forms.CharField(label=_("Name in English"), max_length=200)
    local_name = forms.CharField(label=_("Name in its own language"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=AuthorityKind.choices)
    name_read = forms.CharField(widget=forms.HiddenInput, max_length=200)


class FoundAuthorityForm(forms.Form):
    """An authority more, from now or from a day on."""

    name = forms.CharField(
        label=_("Name in English"), max_length=200, help_text=_("The partner reads and confirms it, or mends it.")
    )
    local_name = forms.CharField(label=_("Name in its own language"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    first_day = DayField(label=_("From"), help_text=_("Empty: now. Nobody is appointed there before."))

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "kind", [(kind.value, kind.label) for kind in rules.authority_kinds_of(partner.kind)])


class CloseAuthorityForm(forms.Form):
    """When an authority ends."""

    last_day = DayField(label=_("Last day"), help_text=_("Empty: it closes now."))


class PreferencesForm(forms.Form):
    """Language and time zone of one's own account."""

    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of the pages and of the mails to you.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("In which you read and write times."))

    def __init__(self, *args: Any, present_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "time_zone", zones(present_zone))


def _choices(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def _offered(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
