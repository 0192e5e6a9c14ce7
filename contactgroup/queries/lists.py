"""Lists of nominations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from contactgroup.models import CaseNomination, Elector, Nomination, Turnout, VotingRound
from contactgroup.queries.nomination import tone_of
from foundation.access import Cursor, Page
from foundation.tenancy.actors import Actor

SHOWN: Final = 10


@dataclass(frozen=True, kw_only=True)
class NominationRow:
    """One line of a list."""

    nomination: Nomination
    tone: str


def nomination_list(*, actor: Actor, after: Cursor | None) -> Page[NominationRow]:
    """A page of the nominations that the actor sees, by last activity, in one statement."""
    found = Nomination.objects.with_names().newest_page(actor, after=after)
    return found.map(row)


def row(nomination: Nomination) -> NominationRow:
    """A nomination as a line."""
    return NominationRow(nomination=nomination, tone=tone_of(nomination))


def of_case(case_id: UUID, *, actor: Actor) -> list[NominationRow]:
    """The nominations of a case that the actor sees by themselves, the newest first; one statement."""
    links = CaseNomination.objects.visible_to(actor).filter(root_id=case_id).values("nomination")
    found = Nomination.objects.visible_to(actor).select_related("root").filter(pk__in=links)
    return [row(nomination) for nomination in found.order_by("-nominated_at")]


def votes_open(*, actor: Actor, at: datetime) -> list[tuple[Nomination, datetime | None]]:
    """Nominations on which the actor's partner has a voice, held by the actor, and has not spoken yet; with their end."""
    open_now = VotingRound.objects.visible_to(actor).filter(
        Q(closes_at__isnull=True) | Q(closes_at__gt=at), closed_at=None
    )
    silent = Turnout.objects.visible_to(actor).filter(round=OuterRef("pk"), partner=actor.partner_id, casts=0)
    voice = Elector.objects.visible_to(actor).filter(
        root=OuterRef("root"), partner=actor.partner_id, seat__group_id__in=actor.principals
    )
    found = list(open_now.filter(Exists(silent), Exists(voice)).order_by("opened_at")[:SHOWN])
    nominations = Nomination.objects.visible_to(actor).select_related("root").in_bulk([one.root_id for one in found])
    return [(nominations[one.root_id], one.closes_at) for one in found if one.root_id in nominations]


def waiting_for_agenda(*, actor: Actor) -> list[Nomination]:
    """Nominations that no meeting has on its agenda yet, the oldest first."""
    found = Nomination.objects.visible_to(actor).submitted().with_names().order_by("nominated_at")
    return list(found[:SHOWN])
