"""The answer about a legal basis, in words beside the codes: what pages show and the interface sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jits.solver import Offence


@dataclass(frozen=True, kw_only=True)
class Named:
    """A partner or a form of crime, by code and name."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Cited:
    """An instrument with its provision; ``remarks`` are reservations and declarations of the parties that were asked about."""

    code: str
    name: str
    provision: str
    note: str
    source: str
    to_be_confirmed: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReasonLine:
    """Why an instrument falls away, for one party or by itself."""

    code: str
    party: str
    day: date | None
    offences: tuple[Offence, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class FallenLine:
    """An instrument that is not common, with every reason."""

    instrument: Cited
    reasons: tuple[ReasonLine, ...]


@dataclass(frozen=True, kw_only=True)
class PairLine:
    """What two parties have between them."""

    first: Named
    second: Named
    multilateral: tuple[Cited, ...]
    bilateral: tuple[Cited, ...]
    reciprocity: tuple[Cited, ...]
    text: str

    @property
    def names(self) -> str:
        """Both."""
        return f"{self.first.name} – {self.second.name}"

    @property
    def all(self) -> tuple[Cited, ...]:
        """Everything, the strongest first."""
        return (*self.multilateral, *self.bilateral, *self.reciprocity)


@dataclass(frozen=True, kw_only=True)
class JoinLine:
    """How a party from outside the Union joins."""

    party: Named
    instruments: tuple[Cited, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class UnionLine:
    """The Union legal basis."""

    instruments: tuple[Cited, ...]
    members: tuple[Named, ...]
    additional: tuple[JoinLine, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing that is to be known, by code and in words."""

    code: str
    parties: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """Is a written legal opinion needed, and what has it to settle?"""

    needed: bool
    reasons: tuple[Told, ...]


@dataclass(frozen=True, kw_only=True)
class PlatformLine:
    """May the team use the platform of the European Union?"""

    allowed: bool
    code: str
    parties: tuple[str, ...]
    day: date | None
    text: str


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """The whole answer; ``headline`` is the answer in one sentence."""

    parties: tuple[Named, ...]
    crimes: tuple[Named, ...]
    on: date
    headline: str
    common: tuple[Cited, ...]
    union: UnionLine | None
    pairs: tuple[PairLine, ...]
    fallen: tuple[FallenLine, ...]
    opinion: Opinion
    platform: PlatformLine
