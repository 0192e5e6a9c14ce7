"""Of which dates of appointments and tokens people are reminded: the person concerned, and the partner's administrators."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation import access
from foundation.notifications import kinds as notice_kinds
from foundation.notifications.reminders import kinds
from foundation.systems.models import SystemToken
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership, OfficeHolder
from partners.permissions import PartnerPermission


def memberships_ending_for(actor: Actor, at: datetime) -> QuerySet[Membership]:
    """The actor's own membership, and for an administrator those of its partner, that stand and have an end."""
    own = Q(pk=actor.membership_id)
    if access.role_allows(actor, PartnerPermission.ADMINISTER):
        own |= Q(authority__partner_id=actor.partner_id)
    return Membership.objects.live(at).filter(own, ends_at__isnull=False)


def offices_ending_for(actor: Actor, at: datetime) -> QuerySet[OfficeHolder]:
    """The same for appointments to an office."""
    own = Q(membership_id=actor.membership_id)
    if access.role_allows(actor, PartnerPermission.ADMINISTER):
        own |= Q(office__partner_id=actor.partner_id)
    return OfficeHolder.objects.live(at).filter(own, ends_at__isnull=False)


def tokens_expiring_for(actor: Actor, at: datetime) -> QuerySet[SystemToken]:
    """Tokens of the systems of an administrator's partner that work and were not replaced."""
    return SystemToken.objects.visible_to(actor).standing(at).filter(successor__isnull=True)


notice_kinds.area("partners", _("Appointments"))
MEMBERSHIP_ENDING = kinds.declare(
    name="partners.membership.ending",
    label=_("Membership ending"),
    in_calendar=_("Membership ends"),
    sentence=_("A membership ends soon, your own or one that you administer."),
    source="partners_memberships_ending",
    open_to=memberships_ending_for,
    due="ends_at",
    page="profile",
    first_offsets=(30, 7, 1),
)
OFFICE_ENDING = kinds.declare(
    name="partners.office.ending",
    label=_("Appointment to an office ending"),
    in_calendar=_("Appointment to an office ends"),
    sentence=_("An appointment to an office ends soon, your own or one that you administer."),
    source="partners_offices_ending",
    open_to=offices_ending_for,
    due="ends_at",
    page="profile",
    first_offsets=(30, 7, 1),
)
notice_kinds.area("systems", _("Partner systems"))
TOKEN_EXPIRING = kinds.declare(
    name="systems.token.expiring",
    label=_("Token of a system expiring"),
    in_calendar=_("Token of a system expires"),
    sentence=_("A token of a system of your partner expires soon. Rotate it in time, or the system stops."),
    source="partners_tokens_expiring",
    open_to=tokens_expiring_for,
    due="expires_at",
    page="systems",
    first_offsets=(14, 3),
)
