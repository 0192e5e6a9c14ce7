"""Finished answers for actions and pages of the Contact Group."""

from __future__ import annotations

from contactgroup import counting
from contactgroup.counting import Count
from contactgroup.models import Elector, Nomination, Vote, VotingRound
from contactgroup.queries.recusals import electorate, recusals
from foundation.tenancy.actors import Actor

__all__ = ["count", "electorate", "own_elector", "recusals"]


def own_elector(nomination: Nomination, *, actor: Actor) -> Elector | None:
    """The voice that the actor may cast now: that of the own partner, through the seat that the actor holds."""
    electors = Elector.objects.visible_to(actor).of(nomination.pk)
    return electors.filter(partner=actor.partner_id, seat__group_id__in=actor.principals).first()


def count(voting_round: VotingRound, nomination: Nomination, *, actor: Actor) -> Count:
    """The result of a closed round, under the rule with which it was opened and with the recusals that reached it."""
    electors = Elector.objects.visible_to(actor).of(nomination.pk)
    asked = electorate(nomination, electors, recusals(nomination, actor=actor), number=voting_round.number)
    votes = Vote.objects.visible_to(actor).in_round(voting_round.pk).with_voter()
    return counting.count(votes, electorate=asked, rule=voting_round.rule.as_rule())
