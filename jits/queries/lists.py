"""Lists of teams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from foundation.access import Cursor, Page, hits
from foundation.access.hits import Hits
from foundation.pages.exports import Column
from foundation.pages.filters import containing, page_of
from foundation.tenancy.actors import Actor
from jits import states
from jits.choices import Status
from jits.models import Jit, JitCase, JitParty
from jits.queries.parties import agreed
from jits.querysets import JitQuerySet

SHOWN: Final = 10
TONES: Final = {
    Status.IDEA: "draft",
    Status.PROPOSED: "waiting",
    Status.ASSESSMENT: "progress",
    Status.AGREED: "good",
    Status.DRAFTING: "progress",
    Status.SUSPENDED: "waiting",
    Status.REFUSED: "bad",
    Status.NOT_SET_UP: "closed",
}


@dataclass(frozen=True, kw_only=True)
class JitLine:
    """A team in one line."""

    jit: Jit

    @property
    def tone(self) -> str:
        """The tone of its status."""
        return TONES[Status(self.jit.status)]


@dataclass(frozen=True, kw_only=True)
class JitRow(JitLine):
    """One line of the list of teams, with their parties."""

    parties: tuple[JitParty, ...]

    @property
    def agreed(self) -> int:
        """How many parties agreed in principle."""
        return agreed(self.parties)

    @property
    def names(self) -> str:
        """The partners that are its parties."""
        return ", ".join(party.partner.name for party in self.parties)


def jit_list(
    *, actor: Actor, after: Cursor | None, wanted: Mapping[str, Any] | None = None, limit: int = 50
) -> Page[JitRow]:
    """The teams that the actor sees, narrowed, by last activity; two statements, three where the page is not full."""
    wanted = wanted or {}
    page = page_of(_narrowed(wanted, actor), actor, wanted, after=after, limit=limit)
    parties = _parties((jit.pk for jit in page.rows), actor)
    return page.map(lambda jit: JitRow(jit=jit, parties=parties.get(jit.pk, ())))


def jit_hits(*, actor: Actor, wanted: Mapping[str, Any]) -> Hits:
    """How many teams fit these filters. Two statements."""
    return hits.of_filters(_narrowed(wanted, actor), actor)


def of_case(case_id: UUID, *, actor: Actor) -> list[JitLine]:
    """The teams for a case that the actor sees by themselves, the newest first; one statement."""
    links = JitCase.objects.visible_to(actor).filter(case=case_id).values("root_id")
    found = Jit.objects.visible_to(actor).filter(pk__in=links).with_names().order_by("-opened_at")
    return [JitLine(jit=jit) for jit in found]


def waiting_for(actor: Actor) -> list[Jit]:
    """Teams in which the actor's partner has something to say: a request to take up, an agreement to give; the oldest first."""
    own = JitParty.objects.visible_to(actor).filter(root=OuterRef("pk"), partner=actor.partner_id, agreed_at=None)
    asked = Jit.objects.visible_to(actor).with_names().filter(Exists(own))
    taken = asked.filter(status=Status.ASSESSMENT)
    proposed = asked.filter(status=Status.PROPOSED).exclude(proposing_authority__partner=actor.partner_id)
    return list((taken | proposed).order_by("opened_at")[:SHOWN])


def _narrowed(wanted: Mapping[str, Any], actor: Actor) -> JitQuerySet:
    found = Jit.objects.with_names()
    if wanted.get("status"):
        found = found.filter(status__in=wanted["status"])
    if wanted.get("running"):
        found = found.filter(status__in=states.RUNNING)
    if wanted.get("own"):
        found = found.filter(proposing_authority__partner=actor.partner_id)
    return found.filter(containing(wanted["text"])) if wanted.get("text") else found


def _parties(roots: Iterable[UUID], actor: Actor) -> dict[UUID, tuple[JitParty, ...]]:
    wanted = list(roots)
    if not wanted:
        return {}
    found: dict[UUID, tuple[JitParty, ...]] = {}
    for party in JitParty.objects.visible_among(actor, wanted).with_names():
        found[party.root_id] = (*found.get(party.root_id, ()), party)
    return found


COLUMNS: Final[tuple[Column[JitRow], ...]] = (
    Column(_("Reference"), lambda row: row.jit.root.reference),
    Column(_("Title"), lambda row: row.jit.root.title),
    Column(_("Status"), lambda row: row.jit.get_status_display()),
    Column(_("Why it is not set up"), lambda row: row.jit.get_obstacle_display()),
    Column(_("Parties"), lambda row: row.names),
    Column(_("Agreed in principle"), lambda row: str(row.agreed)),
    Column(_("Duration in months"), lambda row: str(row.jit.months)),
    Column(_("Handling codes"), lambda row: ", ".join(row.jit.handling)),
    Column(_("Other restrictions"), lambda row: row.jit.handling_text),
    Column(_("Proposed by"), lambda row: row.jit.proposing_authority.name),
    Column(_("Partner"), lambda row: row.jit.proposing_authority.partner.name),
    Column(_("Proposed on"), lambda row: row.jit.proposed_at),
    Column(_("Last activity"), lambda row: row.jit.root.sort_at),
)
