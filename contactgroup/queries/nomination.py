"""The page of a nomination as its reader sees it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from cases.models import Case
from contactgroup import states
from contactgroup.choices import TAKING_UP, Status
from contactgroup.models import CaseNomination, CriterionScore, Elector, Nomination, ProposedInvitation, Recusal
from contactgroup.permissions import NominationPermission
from contactgroup.queries.recusals import RecusalLine, bars, may_take_back, recusal_lines
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


_OF_THE_SEAT: Final = frozenset({NominationPermission.VOTE, NominationPermission.RECUSE})
# Withheld from whoever is recused through another membership: no recusal is of Eurojust as a partner.
_OF_THE_DESK: Final = frozenset({NominationPermission.RUN_VOTING, NominationPermission.DECIDE})


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
    recusals: Sequence[RecusalLine]
    to_take_back: Collection[UUID]
    appearances: Sequence[Appearance]
    case: Case | None
    transitions: Sequence[Transition[NominationPermission]]


def nomination_view(nomination: Nomination, *, actor: Actor, at: datetime) -> NominationView:
    """Eleven statements, whatever the number of votes and recusals."""
    electors = electors_of(nomination, actor=actor)
    lines = recusal_lines(nomination, actor=actor)
    recused = [line.recusal for line in lines]
    voted = rounds(nomination, electors, recused, actor=actor)
    standing = _Standing(nomination=nomination, electors=electors, rounds=voted, recused=recused, actor=actor, at=at)
    return NominationView(
        nomination=nomination,
        tone=tone_of(nomination),
        scores=scores(nomination, actor=actor),
        proposals=proposals(nomination, actor=actor),
        electors=electors,
        rounds=voted,
        recusals=lines,
        to_take_back=standing.to_take_back(),
        appearances=appearances(nomination, actor=actor),
        case=case_of(nomination, actor=actor),
        transitions=standing.transitions(),
    )


def electors_of(nomination: Nomination, *, actor: Actor) -> list[Elector]:
    """The partners with a voice, in their order; one statement."""
    return list(Elector.objects.visible_to(actor).of(nomination.pk).with_partner())


def scores(nomination: Nomination, *, actor: Actor) -> list[CriterionScore]:
    """The criteria with score and comment, in their order; one statement."""
    found = CriterionScore.objects.visible_to(actor).of(nomination.pk).select_related("criterion")
    return list(found.order_by("criterion__position"))


def proposals(nomination: Nomination, *, actor: Actor) -> list[ProposedInvitation]:
    """The partners to be invited with the texts that they may see; one statement."""
    found = ProposedInvitation.objects.visible_to(actor).of(nomination.pk).select_related("partner")
    return list(found.order_by("partner__position", "partner__name"))


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


@dataclass(frozen=True, kw_only=True)
class _Standing:
    """What this reader can do now: the table of states, and who has a voice that may be used."""

    nomination: Nomination
    electors: Sequence[Elector]
    rounds: Sequence[RoundView]
    recused: Sequence[Recusal]
    actor: Actor
    at: datetime

    @property
    def _has_voice(self) -> bool:
        """A holder of the own partner's seat."""
        actor = self.actor
        return any(e.partner_id == actor.partner_id and e.seat.group_id in actor.principals for e in self.electors)

    @property
    def _over(self) -> bool:
        """Has a round that nobody closed yet run out?"""
        return self.nomination.status == Status.VOTING and (not self.rounds or self.rounds[0].ended(self.at))

    def to_take_back(self) -> frozenset[UUID]:
        """The recusals that this reader may still take back."""
        if self.nomination.status not in states.TAKE_BACK.sources or self._over or not self._has_voice:
            return frozenset()
        return frozenset(one.pk for one in self.recused if may_take_back(one, self.recused, actor=self.actor))

    def _may_vote(self) -> bool:
        line = next((one for one in self.rounds[0].lines if one.elector.partner_id == self.actor.partner_id), None)
        return line is not None and line.asked

    def transitions(self) -> tuple[Transition[NominationPermission], ...]:
        """The acts of the table that are open to this reader."""
        return available(states.TRANSITIONS, self.nomination.status, self._may)

    def _may(self, permission: NominationPermission) -> bool:
        barred = bars(self.recused, actor=self.actor)
        if permission in _OF_THE_SEAT:
            if not self._has_voice or self._over or barred is not None:
                return False
            if permission is NominationPermission.VOTE and not self._may_vote():
                return False
        if permission in _OF_THE_DESK and barred is not None:
            return False
        return access.allowed(self.actor, permission, self.nomination)
