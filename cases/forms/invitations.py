"""Forms of invitations."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import DeclineReason
from cases.invitations.actions import RESPONSIBLE
from foundation.pages.forms import VersionedForm
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import OfficeKind
from foundation.tenancy.models import Authority, Membership, Office, Partner


def can_answer(owner_partner_id: UUID) -> models.QuerySet[Partner]:
    """The partners with a coordinator who could answer an invitation; not the one whose case it is."""
    coordinated = Office.objects.filter(kind=OfficeKind.COORDINATOR, authority=None).values("partner")
    return Partner.objects.filter(pk__in=coordinated).exclude(pk=owner_partner_id)


class InviteForm(forms.Form):
    """Whom to invite, what for, and what that partner may know before it answers."""

    partner = forms.ModelChoiceField(
        label=gettext_lazy("Partner"), queryset=Partner.objects.none(), empty_label=gettext_lazy("Choose a partner")
    )
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"),
        max_length=200,
        help_text=gettext_lazy("Why this partner should take part. It heads the invitation."),
    )
    text = forms.CharField(
        label=gettext_lazy("What the partner may know"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "The partner's coordinator reads this text, the purpose, the reference, your authority and the handling code."
            " Nothing else of the case is shown before an answer."
        ),
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Answer by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Until the end of that day. Without an answer the invitation lapses and opens nothing."),
    )

    def __init__(self, *args: Any, owner_partner_id: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["partner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = can_answer(owner_partner_id)

    def clean_answer_by(self) -> date:
        """A day that is not over yet."""
        day: date = self.cleaned_data["answer_by"]
        if day < self.today:
            raise ValidationError(_("This day is past."))
        return day

    def answer_until(self) -> datetime:
        """The end of the chosen day in the writer's time zone."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["answer_by"], time(23, 59)))


class AcceptForm(VersionedForm):
    """Which authority takes part, and who is responsible there."""

    prosecutor = forms.ModelChoiceField(
        label=gettext_lazy("Responsible prosecutor"),
        queryset=Membership.objects.none(),
        empty_label=gettext_lazy("Choose a person"),
        help_text=gettext_lazy(
            "The authority is the one where this person works. Its case registry will see the case too."
        ),
    )
    whole_authority = forms.BooleanField(
        label=gettext_lazy("Open the case to everyone of that authority"),
        required=False,
        help_text=gettext_lazy("Leave this out unless the whole authority works on such cases."),
    )

    def __init__(self, *args: Any, actor: Actor, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["prosecutor"]
        assert isinstance(field, forms.ModelChoiceField)
        places = Authority.objects.filter(partner=actor.partner_id, closed_at__isnull=True)
        people = Membership.objects.live(at).filter(authority__in=places, role__in=RESPONSIBLE).with_names()
        field.queryset = people.order_by("authority__name", "account__full_name")


class DeclineForm(VersionedForm):
    """Why the partner stays out; the grounds need no words, another reason does."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=DeclineReason.choices, widget=forms.RadioSelect, required=True
    )
    text = forms.CharField(
        label=gettext_lazy("In words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The inviting authority reads it."),
    )

    def clean(self) -> dict[str, Any]:
        """Another reason needs words."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("reason") == DeclineReason.OTHER and not cleaned.get("text", "").strip():
            self.add_error("text", _("Say which reason."))
        return cleaned
