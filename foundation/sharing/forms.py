"""The forms of sharing; what they check is checked again by the actions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.access import Level
from foundation.sharing import queries
from foundation.tenancy import principals
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership, Partner
from foundation.tenancy.principals import PrincipalCard

MAX_PURPOSE = 300
LONGEST = timedelta(days=3653)
OLDEST = date(2000, 1, 1)


class PartnerForm(forms.Form):
    """The first step: of which partner is the one to share with?"""

    partner = forms.ModelChoiceField(
        label=_("Partner"),
        queryset=Partner.objects.all(),
        empty_label=_("Choose a partner"),
        error_messages={"invalid_choice": _("Choose a partner from the list.")},
    )


class PurposeField(forms.CharField):
    """Why: everyone who sees the record reads it beside the share."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Purpose"),
            help_text=_(
                "Why they need to see it. Everyone who sees this record reads it beside the share, so write no personal data."
            ),
            max_length=MAX_PURPOSE,
            widget=forms.Textarea(attrs={"rows": 3}),
        )


class ShareForm(forms.Form):
    """The second step: with whom of that partner, how far, why, and until when."""

    principal = forms.TypedChoiceField(label=_("Share with"), coerce=int, empty_value=None)
    level = forms.TypedChoiceField(
        label=_("Level"),
        coerce=int,
        choices=[
            (Level.VIEW.value, _("View: read everything that is shown below")),
            (Level.CONTRIBUTE.value, _("Contribute: also add and edit")),
            (Level.MANAGE.value, _("Manage: also share, hand over and close; for a person or an office only")),
        ],
        widget=forms.RadioSelect,
        initial=Level.VIEW.value,
    )
    purpose = PurposeField()
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_(
            "The share ends by itself after this day, in your time zone. Without it, the share stands until somebody ends it."
        ),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, list[tuple[int, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["principal"]
        field.choices = [("", _("Choose")), *choices]

    def clean_last_day(self) -> Any:
        """From today on, for ten years at most: what should last longer has no last day."""
        day = self.cleaned_data["last_day"]
        if day is not None and day > timezone.localdate() + LONGEST:
            raise forms.ValidationError(_("Choose a day within ten years, or none."))
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("This day is past. Choose today or a later day."))
        return day

    @property
    def up_to(self) -> Level:
        """The level."""
        return Level(self.cleaned_data["level"])

    @property
    def until(self) -> datetime | None:
        """The instant at which the share ends: midnight after the last day, in the actor's zone."""
        day = self.cleaned_data["last_day"]
        return None if day is None else timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def principal_choices(partner: Partner, at: datetime) -> list[tuple[str, list[tuple[int, str]]]]:
    """Everything of a partner that something can be shared with, in groups, for a plain list of choices."""
    authorities = list(partner.authorities.taking().select_related("partner"))
    offices = partner.offices.select_related("partner", "authority").order_by("authority__name", "kind")
    people = Membership.objects.live(at).filter(authority__partner=partner, account__is_active=True).with_names()
    everyone = [(partner.group_id, principals.whole_partner_label(partner))]
    groups = [
        (str(_("The whole partner")), everyone),
        (str(_("Offices")), _lines([principals.office_card(row) for row in offices])),
        (str(_("Authorities")), [(row.group_id, row.name) for row in authorities]),
        (str(_("People")), _lines([principals.membership_card(row) for row in people.order_by("account__full_name")])),
    ]
    return [group for group in groups if group[1]]


def principal_choices_around(principal: int, at: datetime) -> list[tuple[str, list[tuple[int, str]]]]:
    """The choices of the partner that this principal is or belongs to; none where nobody knows it."""
    card = principals.cards([principal]).get(principal)
    return [] if card is None else principal_choices(Partner.objects.get(pk=card.partner_id), at)


def _lines(cards: list[PrincipalCard]) -> list[tuple[int, str]]:
    return [(card.group, f"{card.name}, {card.of}") for card in cards]


class RevokeForm(forms.Form):
    """Nothing to fill in: the page says what will happen, the button does it."""


class LeaveForm(forms.Form):
    """For whom the shares end."""

    groups = forms.TypedMultipleChoiceField(
        label=_("End the shares of"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["groups"]
        field.choices = choices


class HandOverForm(forms.Form):
    """To whom, and why."""

    membership = forms.ModelChoiceField(
        label=_("New manager"), queryset=Membership.objects.none(), empty_label=_("Choose a person")
    )
    purpose = PurposeField()

    def __init__(self, *args: Any, actor: Actor, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["membership"]
        field.queryset = Membership.objects.filter(pk__in=[m.pk for m in queries.colleagues(actor, at)]).with_names()
        field.label_from_instance = lambda membership: membership.account.full_name


class DayForm(forms.Form):
    """Who could see it on a day?"""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_on(self) -> Any:
        """Not in the future, nor before anything of this kind was."""
        day = self.cleaned_data["on"]
        if day < OLDEST:
            raise forms.ValidationError(_("Nothing was here then. Choose a later day."))
        if day > timezone.localdate():
            raise forms.ValidationError(_("Nobody knows that yet. Choose today or an earlier day."))
        return day

    def span(self, now: datetime) -> tuple[datetime, datetime]:
        """The first and the last moment of the day, by the clock of the reader; now, twice, where none is asked for."""
        if not (self.is_bound and self.is_valid()):
            return now, now
        since = timezone.make_aware(datetime.combine(self.cleaned_data["on"], time.min))
        return since, min(since + timedelta(days=1), now)
