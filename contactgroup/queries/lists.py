"""Lists of nominations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from contactgroup.models import CaseNomination, Elector, Nomination, Recusal, Turnout, VotingRound
from contactgroup.queries.nomination import tone_of
from contactgroup.querysets import NominationQuerySet
from foundation.access import Cursor, Page, hits
from foundation.access.hits import Hits
from foundation.pages.exports import Column
from foundation.pages.filters import containing, page_of
from foundation.tenancy.actors import Actor

SHOWN: Final = 10


@dataclass(frozen=True, kw_only=True)
class NominationRow:
    """One line of a list."""

    nomination: Nomination
    tone: str


def nomination_list(
    *, actor: Actor, after: Cursor | None, wanted: Mapping[str, Any] | None = None, limit: int = 50
) -> Page[NominationRow]:
    """The nominations that the actor sees, narrowed, by last activity; one statement, two where the page is not full."""
    wanted = wanted or {}
    found = _narrowed(wanted, actor)
    return page_of(found, actor, wanted, after=after, limit=limit).map(row)


def nomination_hits(*, actor: Actor, wanted: Mapping[str, Any]) -> Hits:
    """How many nominations fit these filters. Two statements."""
    return hits.of_filters(_narrowed(wanted, actor), actor)


def _narrowed(wanted: Mapping[str, Any], actor: Actor) -> NominationQuerySet:
    found = Nomination.objects.with_names()
    for name, field in {"status": "status__in", "outcome": "outcome"}.items():
        if wanted.get(name):
            found = found.filter(**{field: wanted[name]})
    if wanted.get("own"):
        found = found.filter(nominating_authority=actor.authority_id)
    return found.filter(containing(wanted["text"])) if wanted.get("text") else found


def row(nomination: Nomination) -> NominationRow:
    """A nomination as a line."""
    return NominationRow(nomination=nomination, tone=tone_of(nomination))


def of_case(case_id: UUID, *, actor: Actor) -> list[NominationRow]:
    """The nominations of a case that the actor sees by themselves, the newest first; one statement."""
    links = CaseNomination.objects.visible_to(actor).filter(root_id=case_id).values("nomination")
    found = Nomination.objects.visible_to(actor).select_related("root").filter(pk__in=links)
    return [row(nomination) for nomination in found.order_by("-nominated_at")]


def voices_open_to(actor: Actor, at: datetime) -> QuerySet[VotingRound]:
    """Open rounds in which the actor's partner has a voice, which the actor may cast, and has not spoken yet."""
    open_now = VotingRound.objects.visible_to(actor).filter(
        Q(closes_at__isnull=True) | Q(closes_at__gt=at), closed_at=None
    )
    silent = Turnout.objects.visible_to(actor).filter(round=OuterRef("pk"), partner=actor.partner_id, stands=False)
    barred = Recusal.objects.visible_to(actor).filter(root=OuterRef("root")).standing().barring(actor)
    voice = Elector.objects.visible_to(actor).filter(
        root=OuterRef("root"), partner=actor.partner_id, seat__group_id__in=actor.principals
    )
    return open_now.filter(Exists(silent), Exists(voice), ~Exists(barred))


def votes_open(*, actor: Actor, at: datetime) -> list[tuple[Nomination, datetime | None]]:
    """The nominations of these rounds, with the end of the vote."""
    found = list(voices_open_to(actor, at).order_by("opened_at")[:SHOWN])
    nominations = Nomination.objects.visible_to(actor).select_related("root").in_bulk([one.root_id for one in found])
    return [(nominations[one.root_id], one.closes_at) for one in found if one.root_id in nominations]


def waiting_for_agenda(*, actor: Actor) -> list[Nomination]:
    """Nominations that no meeting has on its agenda yet, the oldest first."""
    found = Nomination.objects.visible_to(actor).submitted().with_names().order_by("nominated_at")
    return list(found[:SHOWN])


COLUMNS: Final[tuple[Column[NominationRow], ...]] = (
    Column(_("Reference"), lambda row: row.nomination.root.reference),
    Column(_("Title"), lambda row: row.nomination.root.title),
    Column(_("Status"), lambda row: row.nomination.get_status_display()),
    Column(_("Outcome"), lambda row: row.nomination.get_outcome_display()),
    Column(_("Handling codes"), lambda row: ", ".join(row.nomination.handling)),
    Column(_("Other restrictions"), lambda row: row.nomination.handling_text),
    Column(_("Nominated by"), lambda row: row.nomination.nominating_authority.name),
    Column(_("Partner"), lambda row: row.nomination.nominating_authority.partner.name),
    Column(_("Nominated on"), lambda row: row.nomination.nominated_at),
    Column(_("Last activity"), lambda row: row.nomination.root.sort_at),
)
