"""What the solver is given: instruments with their scope and condition, who is bound from when to when, and the parties of a team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What an instrument is. A platform instrument is no legal basis: it says who may use the platform of the European Union."""

    MULTILATERAL = "multilateral"
    EU = "eu"
    BILATERAL = "bilateral"
    RECIPROCITY = "reciprocity"
    PLATFORM = "platform"


class Offence(StrEnum):
    """The group of a form of crime, as far as instruments tell them apart."""

    CORRUPTION = "corruption"
    DRUGS = "drugs"
    ORGANISED = "organised"
    OTHER = "other"


class Scope(StrEnum):
    """Which offences an instrument is for."""

    ALL = "all"
    CORRUPTION = "corruption"
    DRUGS = "drugs"
    ORGANISED = "organised"


class Condition(StrEnum):
    """Between whom it works, beyond being bound."""

    NONE = ""
    EU_MEMBERS = "eu_members"
    """Between EU Member States; another party joins under an additional basis."""
    ACROSS = "across"
    """Between an EU Member State and a party from outside; never among EU Member States alone."""


TEAM = 2
"""So many parties make a team, and so many EU Member States rest on the law of the Union."""

_COVERED = {
    Scope.ALL: frozenset(Offence),
    Scope.CORRUPTION: frozenset({Offence.CORRUPTION}),
    Scope.DRUGS: frozenset({Offence.DRUGS}),
    # United Nations Convention against Transnational Organized Crime, Articles 2, 3 and 8. Whether a group is behind a single case of
    # corruption or of drugs is a question of fact, which the instrument's own condition puts to the reader.
    Scope.ORGANISED: frozenset({Offence.ORGANISED, Offence.CORRUPTION, Offence.DRUGS}),
}


def uncovered(scope: Scope, offences: frozenset[Offence]) -> frozenset[Offence]:
    """The offences that an instrument of that scope is not for. Where a group is investigated, whatever it does is in scope."""
    if scope is Scope.ORGANISED and Offence.ORGANISED in offences:
        return frozenset()
    return offences - _COVERED[scope]


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A treaty, an act of the Union, an agreement between two, or a law that offers reciprocity; days are both included."""

    code: str
    kind: Kind
    scope: Scope = Scope.ALL
    condition: Condition = Condition.NONE
    union_basis: bool = False
    first: date
    last: date | None = None

    @property
    def pairwise(self) -> bool:
        """Does it work between two parties and never for a team as a whole?"""
        return self.kind in {Kind.BILATERAL, Kind.RECIPROCITY} or self.condition is Condition.ACROSS


@dataclass(frozen=True, kw_only=True)
class Binding:
    """A party is bound by an instrument from one day to another; ``reserved``: not by the provision on joint teams."""

    instrument: str
    party: str
    first: date
    last: date | None = None
    reserved: bool = False

    def holds(self, on: date) -> bool:
        """On that day?"""
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, kw_only=True, order=True)
class Party:
    """Who would sign."""

    code: str
    eu_member: bool = False


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """All that is known, instruments in the order in which answers name them: one row of a code for each of its periods."""

    instruments: tuple[Instrument, ...]
    bindings: tuple[Binding, ...]

    @cached_property
    def by_place(self) -> dict[tuple[str, str], tuple[Binding, ...]]:
        """The periods of a party under an instrument, in their order."""
        found: dict[tuple[str, str], list[Binding]] = {}
        for one in self.bindings:
            found.setdefault((one.instrument, one.party), []).append(one)
        return {place: tuple(sorted(ones, key=lambda one: one.first)) for place, ones in found.items()}

    def of(self, instrument: str, party: str) -> tuple[Binding, ...]:
        """The periods of that party under that instrument."""
        return self.by_place.get((instrument, party), ())

    def at(self, on: date) -> tuple[Instrument, ...]:
        """Each instrument once: as it stands on that day, else as it stood last before, else as it will begin."""
        codes = dict.fromkeys(one.code for one in self.instruments)
        return tuple(_nearest((one for one in self.instruments if one.code == code), on) for code in codes)


def _nearest(rows: Iterable[Instrument], on: date) -> Instrument:
    ordered = sorted(rows, key=lambda one: one.first)
    begun = [one for one in ordered if one.first <= on]
    return begun[-1] if begun else ordered[0]
