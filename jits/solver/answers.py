"""What the solver answers: codes and typed reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jits.solver.facts import Offence


class Why(StrEnum):
    """Why an instrument is no basis of the whole team."""

    INSTRUMENT_NOT_YET = "instrument_not_yet"
    INSTRUMENT_ENDED = "instrument_ended"
    SCOPE = "scope"
    NOT_A_PARTY = "not_a_party"
    NOT_YET = "not_yet"
    ENDED = "ended"
    RESERVED = "reserved"
    EU_MEMBERS_ONLY = "eu_members_only"
    PAIRS_ONLY = "pairs_only"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason: of one party, or of the instrument itself. ``day`` is the day from which, or until which, it would hold."""

    why: Why
    party: str = ""
    day: date | None = None
    offences: tuple[Offence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fallen:
    """An instrument that is not common, with every reason."""

    instrument: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What two parties of a team without a common basis have between them."""

    first: str
    second: str
    multilateral: tuple[str, ...] = ()
    bilateral: tuple[str, ...] = ()
    reciprocity: tuple[str, ...] = ()

    @property
    def written(self) -> bool:
        """Are both bound by an instrument?"""
        return bool(self.multilateral or self.bilateral)


@dataclass(frozen=True, kw_only=True)
class Basis:
    """A party from outside the Union, and the instruments under which it joins every EU Member State of the team."""

    party: str
    instruments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Union:
    """The Union legal basis of the team: acts that bind all its EU Member States, two or more, and how the others join."""

    instruments: tuple[str, ...]
    members: tuple[str, ...]
    additional: tuple[Basis, ...]

    @property
    def without(self) -> tuple[str, ...]:
        """The parties that have no additional basis."""
        return tuple(one.party for one in self.additional if not one.instruments)


class Doubt(StrEnum):
    """Why a written legal opinion is needed."""

    NOTHING_COMMON = "nothing_common"
    NO_ADDITIONAL_BASIS = "no_additional_basis"
    RECIPROCITY_ONLY = "reciprocity_only"
    NOTHING_FOR_PAIR = "nothing_for_pair"


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """One question that a written legal opinion has to settle, and whom it concerns."""

    doubt: Doubt
    parties: tuple[str, ...] = ()


class Verdict(StrEnum):
    """What is to be said of the platform of the European Union."""

    UNION_BASIS = "union_basis"
    WITH_ADDITIONAL_BASIS = "with_additional_basis"
    NO_EU_MEMBER = "no_eu_member"
    ONE_EU_MEMBER = "one_eu_member"
    NO_UNION_BASIS = "no_union_basis"
    NOT_RUNNING = "not_running"
    NOT_BOUND = "not_bound"
    NO_ADDITIONAL_BASIS = "no_additional_basis"


@dataclass(frozen=True, kw_only=True)
class Platform:
    """May the team use the platform, and why. ``day`` is the first day of the platform, where that lies ahead."""

    verdict: Verdict
    parties: tuple[str, ...] = ()
    day: date | None = None

    @property
    def allowed(self) -> bool:
        """May it?"""
        return self.verdict in {Verdict.UNION_BASIS, Verdict.WITH_ADDITIONAL_BASIS}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Everything about one team on one day. ``pairs`` stands there where nothing is common."""

    parties: tuple[str, ...]
    offences: tuple[Offence, ...]
    on: date
    common: tuple[str, ...]
    fallen: tuple[Fallen, ...]
    pairs: tuple[Pair, ...]
    union: Union | None
    opinions: tuple[Opinion, ...]
    platform: Platform

    @property
    def opinion_needed(self) -> bool:
        """Is a written legal opinion needed?"""
        return bool(self.opinions)
