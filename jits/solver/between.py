"""What two parties have between them, and how a team with EU Member States rests on the law of the Union."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from jits.solver.answers import Basis, Pair, Union
from jits.solver.facts import TEAM, Condition, Instrument, Kind, Party
from jits.solver.reasons import Question


def pairs(question: Question, instruments: Sequence[Instrument], parties: Sequence[Party]) -> tuple[Pair, ...]:
    """Every two parties of the team."""
    return tuple(_pair(question, instruments, one, other) for one, other in combinations(parties, 2))


def _pair(question: Question, instruments: Sequence[Instrument], one: Party, other: Party) -> Pair:
    linking = [instrument for instrument in instruments if _links(question, instrument, one, other)]
    return Pair(
        first=one.code,
        second=other.code,
        multilateral=_codes(linking, Kind.MULTILATERAL, Kind.EU),
        bilateral=_codes(linking, Kind.BILATERAL),
        reciprocity=_codes(linking, Kind.RECIPROCITY),
    )


def _links(question: Question, instrument: Instrument, one: Party, other: Party) -> bool:
    """Does it work between these two?"""
    if instrument.kind is Kind.RECIPROCITY:
        return question.bound(instrument, one) or question.bound(instrument, other)
    if instrument.condition is Condition.ACROSS and one.eu_member == other.eu_member:
        return False
    return question.bound(instrument, one, other)


def _codes(instruments: Iterable[Instrument], *kinds: Kind) -> tuple[str, ...]:
    return tuple(one.code for one in instruments if one.kind in kinds)


def union(question: Question, instruments: Sequence[Instrument], parties: Sequence[Party]) -> Union | None:
    """The Union legal basis of the team: none with fewer than two EU Member States, or where no act binds all of them."""
    members = [party for party in parties if party.eu_member]
    acts = [one for one in instruments if one.union_basis and question.bound(one, *members)]
    if len(members) < TEAM or not acts:
        return None
    others = [party for party in parties if not party.eu_member]
    return Union(
        instruments=tuple(one.code for one in acts),
        members=tuple(one.code for one in members),
        additional=tuple(_basis(question, instruments, members, party) for party in others),
    )


def _basis(question: Question, instruments: Sequence[Instrument], members: Sequence[Party], party: Party) -> Basis:
    """Under what a party from outside joins; an agreement with one of the Member States alone is not enough."""
    joining = [
        one
        for one in instruments
        if one.kind in {Kind.MULTILATERAL, Kind.EU} and not one.union_basis and question.bound(one, party, *members)
    ]
    return Basis(party=party.code, instruments=tuple(one.code for one in joining))
