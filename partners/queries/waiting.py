"""What waits for this actor to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import access
from foundation.pages.panels import Waiting, WaitingLine
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import AccountKind
from foundation.tenancy.models import Membership, OfficeHolder
from partners import second_person
from partners.permissions import PartnerPermission

_LINES = 5


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A proposed membership or office, for whoever may confirm it."""

    who: str
    what: str
    where: str
    proposed_by: str
    starts_at: datetime
    ends_at: datetime | None
    url: str
    end_url: str


def waiting_for(actor: Actor, at: datetime) -> list[Proposal]:
    """The proposals that this actor may confirm or refuse, oldest first, in two statements."""
    if not access.role_allows(actor, PartnerPermission.CONFIRM):
        return []
    return _in_words(second_person.memberships_to_confirm(actor, at), second_person.holders_to_confirm(actor, at))


def waiting_for_others(actor: Actor, at: datetime) -> list[Proposal]:
    """The proposals of the actor's own partner that somebody else must answer, for its administrator; in two statements."""
    memberships = Membership.objects.waiting(at).filter(authority__partner_id=actor.partner_id)
    holders = OfficeHolder.objects.waiting(at).filter(office__partner_id=actor.partner_id)
    return _in_words(
        memberships.exclude(pk__in=second_person.memberships_to_confirm(actor, at).values("pk")),
        holders.exclude(pk__in=second_person.holders_to_confirm(actor, at).values("pk")),
    )


def _in_words(memberships: QuerySet[Membership], holders: QuerySet[OfficeHolder]) -> list[Proposal]:
    rows = memberships.select_related("account", "authority", "proposed_by__account")
    offices = holders.select_related("office", "membership__account", "membership__authority", "proposed_by__account")
    found = [(row.proposed_at, of_membership(row)) for row in rows]
    found += [(row.proposed_at, of_holder(row)) for row in offices]
    return [proposal for _at, proposal in sorted(found, key=lambda pair: pair[0])]


def of_membership(row: Membership) -> Proposal:
    """A proposed membership in words."""
    role = row.get_role_display()
    what = f"{role}, {row.function}" if row.function else role
    return Proposal(
        who=row.account.full_name,
        what=what if row.account.kind == AccountKind.PERSON else f"{AccountKind.SYSTEM.label}: {what}",
        where=row.authority.name,
        proposed_by=row.proposed_by.account.full_name if row.proposed_by else "",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        url=reverse("membership_answer", kwargs={"pk": row.pk}),
        end_url=reverse("membership_end", kwargs={"pk": row.pk}),
    )


def of_holder(row: OfficeHolder) -> Proposal:
    """A proposed appointment to an office in words."""
    return Proposal(
        who=row.membership.account.full_name,
        what=f"{row.office.get_kind_display()}: {row.get_capacity_display()}",
        where=row.membership.authority.name,
        proposed_by=row.proposed_by.account.full_name if row.proposed_by else "",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        url=reverse("holder_answer", kwargs={"pk": row.pk}),
        end_url=reverse("holder_end", kwargs={"pk": row.pk}),
    )


def waiting_panel(*, record: object, actor: Actor, at: datetime) -> Waiting | None:
    """Proposals to confirm, for the home page; nothing when there are none."""
    proposals = waiting_for(actor, at)
    if not proposals:
        return None
    lines = tuple(WaitingLine(label=f"{p.who}: {p.what}", url=p.url, detail=p.where) for p in proposals[:_LINES])
    return Waiting(
        id="appointments",
        title=_("People to confirm"),
        lines=lines,
        at=at,
        more_url=reverse("appointments_waiting") if len(proposals) > _LINES else "",
    )
