"""How votes are counted. Plain data and no database, so that every rule can be tried on every electorate.

Each partner with a voice has one: the last that it cast, but for those cast by people who are recused (no round takes a voice after
its closing). The voice of a recused partner leaves the count, whatever it said before. For, against and abstain make a partner
present; withheld voices do only where the rule says so. Quorum is a share of the electorate, majority a share of the voices for and
against; both must be exceeded. The rule says whether a recused partner leaves the electorate for the one and for the other: where it
stays, it is absent for the quorum, and one that is not for in the majority. It says as well whether the nominating partner votes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar
from uuid import UUID

from contactgroup.choices import Voice


class Cast(Protocol):
    """A voice as it was cast."""

    @property
    def partner_id(self) -> UUID:
        """Whose voice it is."""

    @property
    def voter_id(self) -> UUID:
        """The person who cast it."""

    @property
    def voice(self) -> str:
        """What was said."""

    @property
    def sequence(self) -> int:
        """The how manieth cast of that partner."""


C = TypeVar("C", bound=Cast)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Quorum and majority, each a share that must be exceeded; who must be present at least, and who is counted."""

    quorum: Fraction
    majority: Fraction
    withheld_is_present: bool = False
    recused_leaves_quorum: bool = True
    recused_leaves_majority: bool = True
    nominator_votes: bool = True
    least_present: int = 1


@dataclass(frozen=True, kw_only=True)
class Electorate:
    """Who is asked in a round: the partners, which of them nominated, and which partners and people are recused."""

    partners: frozenset[UUID]
    nominating: UUID | None = None
    recused: frozenset[UUID] = frozenset()
    recused_people: frozenset[UUID] = frozenset()

    def with_a_voice(self, rule: Rule) -> frozenset[UUID]:
        """The partners that have a voice under that rule, recused or not."""
        return self.partners if rule.nominator_votes else self.partners - {self.nominating}

    def counts(self, cast: Cast, rule: Rule) -> bool:
        """May this voice count under that rule?"""
        return cast.partner_id in self.with_a_voice(rule) - self.recused and cast.voter_id not in self.recused_people


@dataclass(frozen=True, kw_only=True)
class Count:
    """The result of a vote. ``quorum_of`` is the electorate of which the quorum is a share."""

    electorate: int
    recused: int
    quorum_of: int
    votes_for: int
    votes_against: int
    abstained: int
    withheld: int
    silent: int
    present: int
    quorate: bool
    majority: bool

    @property
    def carried(self) -> bool:
        """Was the nomination voted for, by enough of the electorate?"""
        return self.quorate and self.majority


def last_voices(casts: Iterable[C], *, electorate: Electorate, rule: Rule) -> dict[UUID, C]:
    """The voice that counts for each partner of the electorate: the last one that may."""
    ordered = sorted(casts, key=lambda cast: cast.sequence)
    return {cast.partner_id: cast for cast in ordered if electorate.counts(cast, rule)}


def count(casts: Iterable[Cast], *, electorate: Electorate, rule: Rule) -> Count:
    """Count the voices of the electorate under that rule."""
    asked = len(electorate.with_a_voice(rule))
    recused = len(electorate.with_a_voice(rule) & electorate.recused)
    voices = [cast.voice for cast in last_voices(casts, electorate=electorate, rule=rule).values()]
    said = {voice: voices.count(voice) for voice in Voice.values}
    for_, against, abstained, withheld = (
        said[voice] for voice in (Voice.FOR, Voice.AGAINST, Voice.ABSTAIN, Voice.WITHHOLD)
    )
    present = for_ + against + abstained + (withheld if rule.withheld_is_present else 0)
    quorum_of = asked - (recused if rule.recused_leaves_quorum else 0)
    majority_of = for_ + against + (0 if rule.recused_leaves_majority else recused)
    return Count(
        electorate=asked,
        recused=recused,
        quorum_of=quorum_of,
        votes_for=for_,
        votes_against=against,
        abstained=abstained,
        withheld=withheld,
        silent=asked - recused - len(voices),
        present=present,
        quorate=present > rule.quorum * quorum_of and present >= rule.least_present,
        majority=for_ > rule.majority * majority_of,
    )
