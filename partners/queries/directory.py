"""Partners and their authorities, with how many people each has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.tenancy.choices import AuthorityKind, PartnerKind
from foundation.tenancy.models import Authority, Membership, Partner

HEADINGS: Mapping[PartnerKind, Promise] = {
    PartnerKind.WESTERN_BALKAN: _("Western Balkan partners"),
    PartnerKind.MEMBER_STATE: _("EU Member States"),
    PartnerKind.EUROJUST: _("Eurojust"),
    PartnerKind.UNION_BODY: _("Union bodies"),
    PartnerKind.THIRD_STATE: _("Third parties"),
}


@dataclass(frozen=True, kw_only=True)
class PartnerRow:
    partner: Partner
    authorities: int
    people: int


@dataclass(frozen=True, kw_only=True)
class AuthorityRow:
    authority: Authority
    people: int


def _people_by(field: str, at: datetime) -> Mapping[UUID, int]:
    live = Membership.objects.live(at).people().filter(account__is_active=True)
    return dict(live.values_list(field).annotate(Count("account", distinct=True)))


def partners(at: datetime) -> list[tuple[str, list[PartnerRow]]]:
    """All partners by kind, in the fixed order of the project; three statements."""
    people = _people_by("authority__partner", at)
    authorities = dict(Authority.objects.standing(at).values_list("partner").annotate(Count("id")))
    rows = [
        PartnerRow(partner=partner, authorities=authorities.get(partner.pk, 0), people=people.get(partner.pk, 0))
        for partner in Partner.objects.all()
    ]
    kinds = [(str(HEADINGS[kind]), [row for row in rows if row.partner.kind == kind]) for kind in PartnerKind]
    return [(label, of_kind) for label, of_kind in kinds if of_kind]


def authorities_of(partner: Partner, at: datetime) -> list[AuthorityRow]:
    """The authorities of a partner that are not closed; two statements."""
    people = _people_by("authority", at)
    kinds = list(AuthorityKind.values)
    found = Authority.objects.standing(at).filter(partner=partner).order_by("name")
    in_order = sorted(found, key=lambda authority: kinds.index(authority.kind))
    return [AuthorityRow(authority=authority, people=people.get(authority.pk, 0)) for authority in in_order]
