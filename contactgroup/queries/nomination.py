"""The page of a nomination as its reader sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cases.models import Case
from contactgroup import states
from contactgroup.choices import TAKING_UP, Status
from contactgroup.models import CaseNomination, CriterionScore, Elector, Nomination, ProposedInvitation
from contactgroup.permissions import NominationPermission
from contactgroup.queries.rounds import RoundView, rounds
from foundation import access
from foundation.tenancy.actors import Actor
from foundation.workflow.states import Transition, available
from meetings import outcomes
from meetings.models import AgendaItem, Decision, Meeting

TONES: Final = {
    Status.SUBMITTED: "waiting",
    Status.ON_AGENDA: "progress",
    Status.VOTING: "progress",
    Status.COUNTED: "progress",
    Status.RETURNED: "waiting",
    Status.DECIDED: "closed",
    Status.WITHDRAWN: "closed",
}


def tone_of(nomination: Nomination) -> str:
    """The tone of its status; a case that was taken up reads as good."""
    return "good" if nomination.outcome in TAKING_UP else TONES[Status(nomination.status)]


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """The nomination on an agenda: the meeting, when the reader sees it, and what was decided there."""

    meeting: Meeting | None
    decision: Decision | None

    @property
    def outcome(self) -> str:
        """The decision in words."""
        return "" if self.decision is None else outcomes.label(self.decision.outcome)


@dataclass(frozen=True, kw_only=True)
class NominationView:
    """Everything that the page shows. ``case`` is there for those alone who see the case."""

    nomination: Nomination
    tone: str
    scores: Sequence[CriterionScore]
    proposals: Sequence[ProposedInvitation]
    electors: Sequence[Elector]
    rounds: Sequence[RoundView]
    appearances: Sequence[Appearance]
    case: Case | None
    transitions: Sequence[Transition[NominationPermission]]


def nomination_view(nomination: Nomination, *, actor: Actor, at: datetime) -> NominationView:
    """Eleven statements, whatever the number of votes."""
    key = nomination.pk
    electors = list(Elector.objects.visible_to(actor).of(key).with_partner())
    voted = rounds(nomination, electors, actor=actor)
    scores = CriterionScore.objects.visible_to(actor).of(key).select_related("criterion")
    proposals = ProposedInvitation.objects.visible_to(actor).of(key).select_related("partner")
    return NominationView(
        nomination=nomination,
        tone=tone_of(nomination),
        scores=list(scores.order_by("criterion__position")),
        proposals=list(proposals.order_by("partner__position", "partner__name")),
        electors=electors,
        rounds=voted,
        appearances=appearances(nomination, actor=actor),
        case=case_of(nomination, actor=actor),
        transitions=_transitions(nomination, electors, voted, actor=actor, at=at),
    )


def appearances(nomination: Nomination, *, actor: Actor) -> list[Appearance]:
    """The agendas on which it stood, the newest last, in three statements."""
    items = list(AgendaItem.objects.visible_to(actor).of(nomination.pk))
    meetings = Meeting.objects.visible_to(actor).select_related("root").in_bulk([item.meeting_id for item in items])
    found = Decision.objects.visible_to(actor).of(nomination.pk).with_names()
    decisions = {decision.item_id: decision for decision in found}
    made = [Appearance(meeting=meetings.get(i.meeting_id), decision=decisions.get(i.pk)) for i in items]
    return sorted(made, key=_by_decision)


def _by_decision(appearance: Appearance) -> tuple[bool, float]:
    decision = appearance.decision
    return (decision is None, 0.0 if decision is None else decision.decided_at.timestamp())


def case_of(nomination: Nomination, *, actor: Actor) -> Case | None:
    """The case behind it, for those who see the case; one statement."""
    link = CaseNomination.objects.visible_to(actor).of_nomination(nomination.pk).values("root_id")
    return Case.objects.visible_to(actor).select_related("root").filter(pk__in=link).first()


def _transitions(
    nomination: Nomination, electors: Sequence[Elector], voted: Sequence[RoundView], *, actor: Actor, at: datetime
) -> tuple[Transition[NominationPermission], ...]:
    voice = any(e.partner_id == actor.partner_id and e.seat.group_id in actor.principals for e in electors)
    may_vote = voice and bool(voted) and not voted[0].ended(at)

    def may(permission: NominationPermission) -> bool:
        if permission is NominationPermission.VOTE and not may_vote:
            return False
        return access.allowed(actor, permission, nomination)

    return available(states.TRANSITIONS, nomination.status, may)
