"""Who a Django group stands for, and which people live in it.

Every partner, authority, office and membership owns one group, named by its kind and key. The directory is open inside the
application, so these reads need no wall; which groups somebody may ask about is the caller's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from foundation.tenancy.choices import AccountKind
from foundation.tenancy.models import Authority, Membership, Office, OfficeHolder, Partner


class PrincipalKind(StrEnum):
    PARTNER = "partner"
    AUTHORITY = "authority"
    OFFICE = "office"
    PERSON = "membership"


@dataclass(frozen=True, kw_only=True)
class PrincipalCard:
    """A principal in words: ``of`` is what it belongs to, empty for a partner.

    ``within`` are the groups in which everybody who lives in this principal lives too, its own among them.
    """

    group: int
    kind: PrincipalKind
    key: UUID
    name: str
    of: str
    partner_id: UUID
    authority_id: UUID | None
    within: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name} ({self.of})" if self.of else self.name


def cards(groups: Iterable[int]) -> dict[int, PrincipalCard]:
    """Describe principals by their groups, in one statement and one more for each kind among them; others are left out."""
    keys: dict[str, list[UUID]] = {}
    for name in Group.objects.filter(pk__in=set(groups)).values_list("name", flat=True):
        kind, _colon, key = name.partition(":")
        keys.setdefault(kind, []).append(UUID(key))
    found = [
        *_partners(keys.get(PrincipalKind.PARTNER, [])),
        *_authorities(keys.get(PrincipalKind.AUTHORITY, [])),
        *_offices(keys.get(PrincipalKind.OFFICE, [])),
        *_people(keys.get(PrincipalKind.PERSON, [])),
    ]
    return {card.group: card for card in found}


def _partners(keys: list[UUID]) -> list[PrincipalCard]:
    return [partner_card(partner) for partner in Partner.objects.filter(pk__in=keys)] if keys else []


def _authorities(keys: list[UUID]) -> list[PrincipalCard]:
    if not keys:
        return []
    return [authority_card(row) for row in Authority.objects.filter(pk__in=keys).select_related("partner")]


def _offices(keys: list[UUID]) -> list[PrincipalCard]:
    if not keys:
        return []
    return [office_card(row) for row in Office.objects.filter(pk__in=keys).select_related("partner", "authority")]


def _people(keys: list[UUID]) -> list[PrincipalCard]:
    return [membership_card(row) for row in Membership.objects.filter(pk__in=keys).with_names()] if keys else []


def partner_card(partner: Partner) -> PrincipalCard:
    """Everyone of a partner."""
    return PrincipalCard(
        group=partner.group_id,
        kind=PrincipalKind.PARTNER,
        key=partner.pk,
        name=partner.name,
        of="",
        partner_id=partner.pk,
        authority_id=None,
        within=(partner.group_id,),
    )


def authority_card(authority: Authority) -> PrincipalCard:
    """Everyone of an authority; needs ``partner`` loaded."""
    return PrincipalCard(
        group=authority.group_id,
        kind=PrincipalKind.AUTHORITY,
        key=authority.pk,
        name=authority.name,
        of=authority.partner.name,
        partner_id=authority.partner_id,
        authority_id=authority.pk,
        within=(authority.group_id, authority.partner.group_id),
    )


def office_card(office: Office) -> PrincipalCard:
    """Whoever holds an office; needs ``partner`` and ``authority`` loaded."""
    authority = office.authority
    place = office.partner.name if authority is None else f"{authority.name}, {office.partner.name}"
    return PrincipalCard(
        group=office.group_id,
        kind=PrincipalKind.OFFICE,
        key=office.pk,
        name=office.get_kind_display(),
        of=place,
        partner_id=office.partner_id,
        authority_id=office.authority_id,
        within=(office.group_id, *([] if authority is None else [authority.group_id]), office.partner.group_id),
    )


def membership_card(membership: Membership) -> PrincipalCard:
    """One person or system in one authority; needs account, authority and its partner loaded (``with_names``)."""
    authority, account = membership.authority, membership.account
    of = f"{authority.name}, {authority.partner.name}"
    return PrincipalCard(
        group=membership.group_id,
        kind=PrincipalKind.PERSON,
        key=membership.pk,
        name=account.full_name,
        of=of if account.kind == AccountKind.PERSON else f"{AccountKind.SYSTEM.label}, {of}",
        partner_id=authority.partner_id,
        authority_id=authority.pk,
        within=(membership.group_id, authority.group_id, authority.partner.group_id),
    )


def residents(groups: Iterable[int], *, since: datetime, until: datetime) -> list[Membership]:
    """The memberships that lived in any of these principals at some moment of that time, by partner, authority and name.

    For one moment give it twice. Inactive accounts sign in nowhere and are left out.
    """
    wanted = list(set(groups))
    then = Q(confirmed_at__lte=until, starts_at__lte=until) & (Q(ends_at__isnull=True) | Q(ends_at__gt=since))
    holds = OfficeHolder.objects.filter(then, membership=OuterRef("pk"), office__group__in=wanted)
    place = Q(group__in=wanted) | Q(authority__group__in=wanted) | Q(authority__partner__group__in=wanted)
    found = Membership.objects.filter(then, place | Q(Exists(holds)), account__is_active=True).with_names()
    return list(found.order_by("authority__partner__position", "authority__name", "account__full_name", "id"))


def whole_partner_label(partner: Partner) -> str:
    """How a partner reads in a list of principals."""
    return _("Everyone of %(partner)s") % {"partner": partner.name}
