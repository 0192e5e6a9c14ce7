"""How votes are counted. Plain data and no database, so that every rule can be tried on every electorate.

Each partner of the electorate has one voice: the last that it cast (no round takes a voice after its closing). For, against and
abstain make a partner present; withheld voices do only where the rule says so. Quorum is a share of the electorate, majority a share
of the voices for and against; both must be exceeded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
    def voice(self) -> str:
        """What was said."""

    @property
    def sequence(self) -> int:
        """The how manieth cast of that partner."""


C = TypeVar("C", bound=Cast)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Quorum and majority, each a share that must be exceeded."""

    quorum: Fraction
    majority: Fraction
    withheld_is_present: bool


@dataclass(frozen=True, kw_only=True)
class Count:
    """The result of a vote."""

    electorate: int
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


def last_voices(casts: Iterable[C], *, electorate: Collection[UUID]) -> dict[UUID, C]:
    """The voice that counts for each partner of the electorate: the last one that it cast."""
    ordered = sorted(casts, key=lambda cast: cast.sequence)
    return {cast.partner_id: cast for cast in ordered if cast.partner_id in electorate}


def count(casts: Iterable[Cast], *, electorate: Collection[UUID], rule: Rule) -> Count:
    """Count the voices of the electorate under that rule."""
    partners = frozenset(electorate)
    voices = [cast.voice for cast in last_voices(casts, electorate=partners).values()]
    said = {voice: voices.count(voice) for voice in Voice.values}
    for_, against, abstained, withheld = (
        said[voice] for voice in (Voice.FOR, Voice.AGAINST, Voice.ABSTAIN, Voice.WITHHOLD)
    )
    present = for_ + against + abstained + (withheld if rule.withheld_is_present else 0)
    return Count(
        electorate=len(partners),
        votes_for=for_,
        votes_against=against,
        abstained=abstained,
        withheld=withheld,
        silent=len(partners) - len(voices),
        present=present,
        quorate=present > rule.quorum * len(partners),
        majority=for_ > rule.majority * (for_ + against),
    )
