"""How a case of the table is written, and how an answer reads beside it. Every case was worked out by hand from the provisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jits import solver

NOW = "2026-06-01"
MEMBERS = frozenset(
    {
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
    }
    | {"NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """Parties, offences and a day; and what must come out. A pair reads: multilateral / bilateral / reciprocity."""

    parties: str
    offences: str
    on: str
    common: str
    pairs: dict[str, str]
    opinion: bool
    platform: str
    union: str
    joins: dict[str, str]

    def __str__(self) -> str:
        return f"{self.parties} {self.offences} {self.on}".replace(" ", "-")


def case(
    parties: str,
    offences: str,
    on: str = NOW,
    common: str = "",
    *,
    pairs: dict[str, str] | None = None,
    platform: str = "no_eu_member",
    union: str = "",
    joins: dict[str, str] | None = None,
) -> Case:
    """A case. Where nothing is common, pairs are named, and an opinion is needed; nowhere else."""
    assert bool(common) is (pairs is None), "pairs stand there where nothing is common, and nowhere else"
    return Case(
        parties=parties,
        offences=offences,
        on=on,
        common=common,
        pairs=pairs or {},
        opinion=not common,
        platform=platform,
        union=union,
        joins=joins or {},
    )


def team(codes: str) -> list[solver.Party]:
    """The parties of these codes."""
    return [solver.Party(code=code, eu_member=code in MEMBERS) for code in codes.split()]


def answer(matrix: solver.Matrix, wanted: Case) -> solver.Answer:
    """What the solver says of a case."""
    offences = [solver.Offence(one) for one in wanted.offences.split()]
    return solver.solve(matrix, parties=team(wanted.parties), offences=offences, on=date.fromisoformat(wanted.on))


def between(pair: solver.Pair) -> str:
    """A pair as it is written in a case."""
    return " / ".join(" ".join(codes) for codes in (pair.multilateral, pair.bilateral, pair.reciprocity)).strip()
