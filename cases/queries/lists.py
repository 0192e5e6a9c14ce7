"""Lists of cases and of invitations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from cases.choices import InvitationStatus
from cases.invitations.models import Invitation
from cases.models import Case, ConcernedPartner
from cases.queries import filters
from cases.querysets import DUE, CaseQuerySet
from foundation.access import Cursor, Order, Page, hits
from foundation.access.hits import Hits
from foundation.pages.filters import narrows, page_of
from foundation.tenancy.actors import Actor


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One line of the list of cases."""

    case: Case
    tone: str
    concerned: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class InvitationRow:
    """One line of a list of invitations; the status is that of the moment."""

    invitation: Invitation
    status: InvitationStatus
    tone: str


CASE_TONES = {
    "draft": "draft",
    "open": "progress",
    "nominated": "waiting",
    "selected": "good",
    "coordinated": "good",
    "closed": "closed",
    "archived": "closed",
}
INVITATION_TONES = {"sent": "waiting", "accepted": "good", "declined": "bad", "withdrawn": "closed", "lapsed": "closed"}


def concerned_names(actor: Actor) -> ArraySubquery:
    """Names of the partners concerned, for the case of the outer query."""
    rows = ConcernedPartner.objects.visible_to(actor).filter(root_id=OuterRef("pk"))
    return ArraySubquery(rows.order_by("partner__position", "partner__name").values("partner__name"))


def case_page(
    actor: Actor, *, after: Cursor | None, wanted: Mapping[str, Any] | None = None, limit: int = 50
) -> Page[CaseRow]:
    """The cases that the actor sees, narrowed and in the order that is wanted; one statement, two where the page is not full."""
    return _paged(_listed(actor), actor, after=after, wanted=wanted or {}, limit=limit).map(_case_row)


def plain_page(
    actor: Actor, *, after: Cursor | None, wanted: Mapping[str, Any] | None = None, limit: int = 50
) -> Page[Case]:
    """The same cases with root and owner and no words about them, for programs, which read codes (queries/codes.py)."""
    return _paged(Case.objects.with_owner(), actor, after=after, wanted=wanted or {}, limit=limit)


def _paged(
    cases: CaseQuerySet, actor: Actor, *, after: Cursor | None, wanted: Mapping[str, Any], limit: int
) -> Page[Case]:
    found = filters.narrowed(cases, wanted, actor)
    sort = wanted.get("sort") or Order.ACTIVITY
    if sort == DUE:
        due_page = found.bounded_due_page if narrows(wanted) else found.due_page
        return due_page(actor, after=after, limit=limit)
    return page_of(found, actor, wanted, after=after, limit=limit, order=Order(sort))


def case_hits(actor: Actor, wanted: Mapping[str, Any]) -> Hits:
    """How many cases fit these filters; by due date, how many of those with an own one. Two statements."""
    found = filters.narrowed(Case.objects.all(), wanted, actor)
    sort = wanted.get("sort") or Order.ACTIVITY
    return found.due_hits(actor) if sort == DUE else hits.of_filters(found, actor, order=Order(sort))


def invitation_hits(actor: Actor, wanted: Mapping[str, Any], *, at: datetime) -> Hits:
    """How many invitations fit these filters. Two statements."""
    return hits.of_filters(filters.narrowed_invitations(Invitation.objects.all(), wanted, at), actor)


def case_page_by_due(actor: Actor, *, after: Cursor | None, limit: int = 50) -> Page[CaseRow]:
    """The cases on which the actor has unfinished tasks of its own, the next due first, in two statements."""
    return _listed(actor).due_page(actor, after=after, limit=limit).map(_case_row)


def _listed(actor: Actor) -> CaseQuerySet:
    """Cases with what a line of the list shows."""
    return Case.objects.with_owner().annotate(concerned_names=concerned_names(actor))


def _case_row(case: Case) -> CaseRow:
    names = tuple(getattr(case, "concerned_names"))
    return CaseRow(case=case, tone=CASE_TONES[case.status], concerned=names)


def invitation_row(invitation: Invitation, at: datetime) -> InvitationRow:
    """The invitation as it stands at that moment."""
    status = invitation.status_at(at)
    return InvitationRow(invitation=invitation, status=status, tone=INVITATION_TONES[status])


def invitation_page(
    actor: Actor, *, at: datetime, after: Cursor | None, wanted: Mapping[str, Any] | None = None, limit: int = 50
) -> Page[InvitationRow]:
    """The newest invitations that the actor sees, narrowed; one statement, two where the page is not full."""
    wanted = wanted or {}
    found = filters.narrowed_invitations(Invitation.objects.with_names(), wanted, at)
    return page_of(found, actor, wanted, after=after, limit=limit).map(
        lambda invitation: invitation_row(invitation, at)
    )
