"""Authorities of one partner in the console: founded and closed by project staff, with the days between which they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.db.models import Count, TextChoices
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import access
from foundation.audit.permissions import AuditPermission
from foundation.pages.forms import ActionPage
from foundation.tenancy.models import Authority, Membership, Partner
from partners import actions, forms
from partners.actions.authorities import closed_already
from partners.permissions import PartnerPermission
from partners.queries import MembershipRow, State, memberships
from wbcj.console.base import ConsolePage
from wbcj.console.permissions import ConsolePermission

_ABOVE: Final = (gettext_lazy("Partners and authorities"), "console_partners")


class Standing(TextChoices):
    """How an authority stands at a moment."""

    OPEN = "open", gettext_lazy("open")
    TO_COME = "to_come", gettext_lazy("begins later")
    ENDING = "ending", gettext_lazy("end is set")
    CLOSED = "closed", gettext_lazy("closed")

    @property
    def tone(self) -> str:
        """Its look as a pill."""
        return {"open": "good", "to_come": "progress", "ending": "waiting"}.get(self.value, "closed")


@dataclass(frozen=True, kw_only=True)
class AuthorityLine:
    """One authority; ``appointed`` counts who is appointed there, now, later or as a proposal."""

    authority: Authority
    standing: Standing
    appointed: int

    @property
    def since(self) -> date | None:
        """Its first day in the reader's zone."""
        return None if self.authority.opens_at is None else timezone.localdate(self.authority.opens_at)

    @property
    def until(self) -> date | None:
        """Its last day in the reader's zone: one that ends at midnight ends with the day before."""
        end = self.authority.closed_at
        return None if end is None else timezone.localdate(end - timedelta.resolution)

    @property
    def may_be_closed(self) -> bool:
        """Is there an end to set?"""
        return self.standing is not Standing.CLOSED


def standing_of(authority: Authority, at: datetime) -> Standing:
    """How this authority stands at that moment."""
    if authority.closed_at is not None:
        return Standing.CLOSED if authority.closed_at <= at else Standing.ENDING
    if authority.opens_at is not None and authority.opens_at > at:
        return Standing.TO_COME
    return Standing.OPEN


def lines_of(partner: Partner, at: datetime) -> list[AuthorityLine]:
    """All authorities of a partner, those that stand first; two statements."""
    there = Membership.objects.overlapping(at, None).filter(authority__partner=partner)
    appointed: dict[UUID, int] = dict(there.order_by().values_list("authority").annotate(Count("pk")))
    lines = [
        AuthorityLine(authority=one, standing=standing_of(one, at), appointed=appointed.get(one.pk, 0))
        for one in partner.authorities.order_by("name")
    ]
    return sorted(lines, key=lambda line: not line.may_be_closed)


class Authorities(ConsolePage):
    """The authorities of one partner, closed ones too."""

    permission = ConsolePermission.PEOPLE
    verb = "console.authorities.listed"
    above = (_ABOVE,)
    template_name = "console/authorities.html"

    def load(self) -> None:
        """The partner."""
        super().load()
        self.partner = get_object_or_404(Partner, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its authorities, and what the reader may do with them."""
        return super().get_context_data(
            partner=self.partner,
            lines=lines_of(self.partner, timezone.now()),
            may_set=access.role_allows(self.actor, PartnerPermission.AUTHORITIES),
            reads_log=access.role_allows(self.actor, AuditPermission.READ_EVENTS),
            **kwargs,
        )


class AuthorityForm(ConsolePage, ActionPage):
    """Base: a form over the authorities of one partner."""

    permission = PartnerPermission.AUTHORITIES
    above = (_ABOVE,)
    partner: Partner

    def trail(self) -> list[dict[str, str]]:
        """By way of the partner."""
        return [*super().trail(), {"label": self.partner.name, "url": self.back()}]

    def back(self) -> str:
        """The authorities of the partner."""
        return reverse("console_authorities", kwargs={"pk": self.partner.pk})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose authorities they are."""
        return super().get_context_data(partner=self.partner, cancel_url=self.back(), **kwargs)


class FoundAuthority(AuthorityForm):
    """Add an authority to a partner."""

    verb = "partners.authority.found"
    template_name = "console/authority_found.html"
    form_class = forms.FoundAuthorityForm
    submit_label = gettext_lazy("Add authority")

    def load(self) -> None:
        """The partner."""
        super().load()
        self.partner = get_object_or_404(Partner, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The kinds on offer follow the partner."""
        return {**super().get_form_kwargs(), "partner": self.partner}

    def act(self, form: django_forms.Form) -> str:
        """Found it."""
        chosen = dict(form.cleaned_data)
        opens_at = forms.beginning_of(chosen.pop("first_day"))
        actions.found_authority(
            by=self.actor, at=timezone.now(), partner_id=self.partner.pk, opens_at=opens_at, **chosen
        )
        messages.success(self.request, _("Added. Its partner confirms the name and invites its people."))
        return self.back()


class CloseAuthority(AuthorityForm):
    """Close an authority, now or on a last day."""

    verb = "partners.authority.close"
    template_name = "console/authority_close.html"
    form_class = forms.CloseAuthorityForm
    submit_label = gettext_lazy("Close authority")

    def load(self) -> None:
        """The authority."""
        super().load()
        self.authority = get_object_or_404(Authority.objects.select_related("partner"), pk=self.kwargs["pk"])
        self.partner = self.authority.partner

    @property
    def not_now(self) -> str:
        """It may be closed already."""
        return closed_already(self.authority, timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which one, and who is appointed there."""
        now = timezone.now()
        return super().get_context_data(authority=self.authority, appointed=self._appointed(now), **kwargs)

    def _appointed(self, at: datetime) -> list[MembershipRow]:
        """Whoever keeps it open: at work, to come or proposed."""
        found = Membership.objects.overlapping(at, None).filter(authority=self.authority)
        rows = memberships(found, at=at, administered=self.partner.pk, all_states=True)
        return [row for row in rows if row.state in {State.LIVE, State.FUTURE, State.WAITING}]

    def act(self, form: django_forms.Form) -> str:
        """Close it."""
        closes_at = forms.end_of(form.cleaned_data["last_day"])
        actions.close_authority(by=self.actor, at=timezone.now(), authority_id=self.authority.pk, closes_at=closes_at)
        messages.success(self.request, _("The end is set. Nobody new is appointed there, and no case is opened."))
        return self.back()
