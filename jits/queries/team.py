"""The page of a team as its reader sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cases.models import Case
from foundation import access
from foundation.tenancy.actors import Actor
from foundation.workflow.states import Transition, available
from jits import states
from jits.choices import Status
from jits.models import Jit, JitCase, JitParticipant, JitParty
from jits.permissions import JitPermission
from jits.queries import own as own_rows
from jits.queries.checklist import PartView, progress
from jits.queries.lists import TONES
from jits.queries.participants import participants
from jits.queries.parties import agreed
from jits.queries.plan import has_plan


@dataclass(frozen=True, kw_only=True)
class TeamView:
    """Everything that the page shows. ``case`` is there for those alone who see the case; ``own`` is the reader's party."""

    jit: Jit
    tone: str
    parties: Sequence[JitParty]
    own: JitParty | None
    participants: Sequence[JitParticipant]
    case: Case | None
    transitions: Sequence[Transition[JitPermission]]
    progress: Sequence[PartView]
    kept: own_rows.Kept | None
    may_invite: bool
    may_end_parts: bool

    @property
    def agreed(self) -> int:
        """How many parties agreed in principle."""
        return agreed(self.parties)

    @property
    def drafts(self) -> bool:
        """Whether there is, or was, a time at which the agreement is drafted."""
        return bool(states.BEFORE_DRAFTING.isdisjoint({self.jit.status, self.jit.suspended_from}))

    @property
    def has_annex(self) -> bool:
        """Is there an annex of members?"""
        return self.jit.status in states.WITH_ANNEX or self.jit.suspended_from in states.WITH_ANNEX

    @property
    def has_plan(self) -> bool:
        """Is there an operational action plan, or could there be one?"""
        return has_plan(self.jit)

    @property
    def waits(self) -> str:
        """The act that waits for the reader's own party; empty where it waits for others or for nobody."""
        names = {transition.name for transition in self.transitions}
        own = next((t for t in (states.PROPOSE, states.ASSESS, states.AGREE, states.DRAFT) if t.name in names), None)
        return "" if own is None else str(own.label)


def team_view(jit: Jit, *, actor: Actor) -> TeamView:
    """Seven statements, whatever the number of parties and participants."""
    found = parties(jit, actor=actor)
    own = next((party for party in found if party.partner_id == actor.partner_id), None)
    return TeamView(
        jit=jit,
        tone=TONES[Status(jit.status)],
        parties=found,
        own=own,
        participants=participants(jit, actor=actor),
        case=case_of(jit.pk, actor=actor),
        transitions=transitions(jit, own, actor=actor),
        progress=progress(jit, actor=actor),
        kept=own_rows.kept(jit, own, actor=actor),
        may_invite=_may(states.INVITE, jit, own, actor=actor),
        may_end_parts=_may(states.END_PART, jit, own, actor=actor),
    )


def parties(jit: Jit, *, actor: Actor) -> list[JitParty]:
    """The parties in the partners' order; one statement."""
    return list(JitParty.objects.visible_to(actor).of(jit.pk).with_names())


def case_of(jit_id: UUID, *, actor: Actor) -> Case | None:
    """The case behind a team, for those who see the case; one statement."""
    link = JitCase.objects.visible_to(actor).of(jit_id).values("case")
    return Case.objects.visible_to(actor).select_related("root").filter(pk__in=link).first()


def transitions(jit: Jit, own: JitParty | None, *, actor: Actor) -> tuple[Transition[JitPermission], ...]:
    """The acts of the table that are open to this reader."""
    possible = available(states.TRANSITIONS, jit.status, lambda permission: access.allowed(actor, permission, jit))
    return tuple(one for one in possible if not states.not_your_turn(one, jit, own))


def _may(transition: Transition[JitPermission], jit: Jit, own: JitParty | None, *, actor: Actor) -> bool:
    turn = jit.status in transition.sources and not states.not_your_turn(transition, jit, own)
    return turn and access.allowed(actor, transition.permission, jit)
