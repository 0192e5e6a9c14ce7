"""What the reader's own party keeps for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from foundation import access
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership
from jits import states
from jits.approvals import today
from jits.choices import ApprovalStatus
from jits.models import Jit, JitApproval, JitOwnNote, JitParty
from jits.queries.people import people_of

TONES = {
    ApprovalStatus.ASKED: "waiting",
    ApprovalStatus.GIVEN: "good",
    ApprovalStatus.REFUSED: "bad",
    ApprovalStatus.NOT_NEEDED: "closed",
}
MOST = 100
"""Notes on one page; a party that writes more reads the newest."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How much the own party keeps, for the panel of the team's page."""

    approvals: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class ApprovalLine:
    """One approval and how it looks."""

    row: JitApproval
    overdue: bool

    @property
    def tone(self) -> str:
        """The tone of its answer."""
        return "bad" if self.overdue else TONES[ApprovalStatus(self.row.status)]


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """One note, and whether the reader wrote it and can change it."""

    row: JitOwnNote
    editable: bool


@dataclass(frozen=True, kw_only=True)
class OwnView:
    """Everything that the page of the own party shows."""

    party: JitParty
    approvals: Sequence[ApprovalLine]
    notes: Sequence[NoteLine]
    may_write: bool


def kept(jit: Jit, own: JitParty | None, *, actor: Actor) -> Kept | None:
    """For people of a party; none for whoever takes part otherwise. One statement."""
    if own is None:
        return None
    counted = (
        JitApproval.objects.visible_to(actor)
        .of(jit.pk)
        .aggregate(approvals=Count("pk"), answered=Count("pk", filter=~Q(status=ApprovalStatus.ASKED)))
    )
    return Kept(**counted)


def own_view(jit: Jit, own: JitParty, *, actor: Actor, at: datetime) -> OwnView:
    """Three statements, whatever is kept."""
    may_write = jit.status in states.KEEP_OWN.sources and access.allowed(actor, states.KEEP_OWN.permission, jit)
    day = today(actor, at)
    approvals = JitApproval.objects.visible_to(actor).of(jit.pk).with_names()
    notes = JitOwnNote.objects.visible_to(actor).of(jit.pk).with_names()[:MOST]
    return OwnView(
        party=own,
        approvals=[ApprovalLine(row=row, overdue=row.overdue(day)) for row in approvals],
        notes=[NoteLine(row=row, editable=may_write and row.written_by_id == actor.membership_id) for row in notes],
        may_write=may_write,
    )


def own_people(jit_id: UUID, *, actor: Actor) -> list[Membership]:
    """People of the own partner who see the team by a share in the own name; two statements."""
    return [one for one in people_of(jit_id, actor=actor) if one.authority.partner_id == actor.partner_id]
