"""The treaty matrix as it stands, and the answer about a legal basis in words. Open inside the application: no record is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.models import CrimeType
from foundation.tenancy.choices import PartnerKind
from foundation.tenancy.models import Partner
from jits import solver
from jits.choices import PARTY_KINDS
from jits.models import InstrumentParty, LegalInstrument
from jits.queries import law_words
from jits.queries.law_lines import (
    Cited,
    FallenLine,
    JoinLine,
    LegalBasis,
    Named,
    Opinion,
    PairLine,
    PlatformLine,
    ReasonLine,
    Told,
    UnionLine,
)
from jits.queries.law_offences import groups
from jits.queries.law_words import Words


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """The matrix as it is stored."""

    instruments: Sequence[LegalInstrument]
    parties: Sequence[InstrumentParty]

    @classmethod
    def read(cls) -> _Rows:
        """Two statements."""
        return cls(instruments=list(LegalInstrument.objects.all()), parties=list(InstrumentParty.objects.all()))

    def facts(self) -> solver.Matrix:
        """For the solver."""
        return solver.Matrix(
            instruments=tuple(one.as_fact() for one in self.instruments),
            bindings=tuple(one.as_fact() for one in self.parties),
        )


def matrix() -> solver.Matrix:
    """All of it, in two statements."""
    return _Rows.read().facts()


def partners() -> list[Partner]:
    """Who can be party to a team, in the order of the directory; one statement."""
    found = list(Partner.objects.filter(kind__in=PARTY_KINDS))
    return sorted(found, key=lambda one: one.kind == PartnerKind.MEMBER_STATE)


def crimes(codes: Iterable[str] = ()) -> dict[str, str]:
    """The forms of crime by code, in the order of lists; past ones too, or those of these codes alone. One statement."""
    rows = CrimeType.objects.all()
    wanted = list(codes)
    found = rows.filter(code__in=wanted) if wanted else rows
    return {row.code: str(row) for row in found}


def legal_basis(*, parties: Sequence[str], crimes_chosen: Sequence[str], on: date) -> LegalBasis:
    """What a team of these partners may rest on, for these forms of crime, on that day. Four statements.

    Raises ValueError for fewer than two partners or no form of crime.
    """
    asked = {one.code: one for one in partners() if one.code in set(parties)}
    chosen = crimes(crimes_chosen)
    by_group = groups(chosen)
    rows = _Rows.read()
    facts = rows.facts()
    answer = solver.solve(
        facts,
        parties=[solver.Party(code=one.code, eu_member=one.kind == PartnerKind.MEMBER_STATE) for one in asked.values()],
        offences=list(by_group),
        on=on,
    )
    cited = _cited(rows, facts, asked, on)
    words = Words(
        parties={code: Named(code=code, name=_(one.name)) for code, one in asked.items()},
        cited=cited,
        crimes={group: [chosen[code] for code in codes] for group, codes in by_group.items()},
        organised=frozenset(one.code for one in facts.at(on) if one.scope is solver.Scope.ORGANISED),
    )
    named = tuple(Named(code=code, name=name) for code, name in chosen.items())
    return _Telling(words=words, answer=answer).whole(named)


def _cited(rows: _Rows, facts: solver.Matrix, asked: Mapping[str, Partner], on: date) -> dict[str, Cited]:
    """Each instrument as it stands on that day, with what is to be known of the parties that were asked about."""
    stored = {(one.code, one.valid_from): one for one in rows.instruments}
    found = {}
    for fact in facts.at(on):
        row = stored[fact.code, fact.first]
        bound = [one for one in rows.parties if one.instrument == row.code and one.party in asked and one.holds(on)]
        found[row.code] = Cited(
            code=row.code,
            name=str(row),
            provision=row.said("provision"),
            note=row.said("note"),
            source=row.source,
            to_be_confirmed=row.to_be_confirmed or any(one.to_be_confirmed for one in bound),
            remarks=tuple(f"{_(asked[one.party].name)}: {one.reservation}" for one in bound if one.reservation),
        )
    return found


@dataclass(frozen=True, kw_only=True)
class _Telling:
    """Puts an answer into words."""

    words: Words
    answer: solver.Answer

    def whole(self, crimes_named: tuple[Named, ...]) -> LegalBasis:
        """All of it."""
        answer = self.answer
        return LegalBasis(
            parties=tuple(self.words.parties.values()),
            crimes=crimes_named,
            on=answer.on,
            headline=law_words.headline(answer.common, answer.union, self.words),
            common=self.cited(answer.common),
            union=self.union(answer.union),
            pairs=tuple(self.pair(one) for one in answer.pairs),
            fallen=tuple(self.fallen(one) for one in answer.fallen),
            opinion=Opinion(needed=answer.opinion_needed, reasons=tuple(self.doubt(one) for one in answer.opinions)),
            platform=PlatformLine(
                allowed=answer.platform.allowed,
                code=answer.platform.verdict,
                parties=answer.platform.parties,
                day=answer.platform.day,
                text=law_words.platform(answer.platform, self.words),
            ),
        )

    def cited(self, codes: Iterable[str]) -> tuple[Cited, ...]:
        """Instruments in words."""
        return tuple(self.words.cited[code] for code in codes)

    def named(self, codes: Iterable[str]) -> tuple[Named, ...]:
        """Parties in words."""
        return tuple(self.words.parties[code] for code in codes)

    def union(self, one: solver.Union | None) -> UnionLine | None:
        """The Union legal basis."""
        if one is None:
            return None
        return UnionLine(
            instruments=self.cited(one.instruments),
            members=self.named(one.members),
            additional=tuple(self.join(basis) for basis in one.additional),
            text=law_words.union(one, self.words),
        )

    def join(self, one: solver.Basis) -> JoinLine:
        """How a party from outside joins."""
        return JoinLine(
            party=self.words.parties[one.party],
            instruments=self.cited(one.instruments),
            text=law_words.joining(one.party, one.instruments, self.words),
        )

    def pair(self, one: solver.Pair) -> PairLine:
        """Two parties."""
        return PairLine(
            first=self.words.parties[one.first],
            second=self.words.parties[one.second],
            multilateral=self.cited(one.multilateral),
            bilateral=self.cited(one.bilateral),
            reciprocity=self.cited(one.reciprocity),
            text=law_words.pair(one, self.words),
        )

    def fallen(self, one: solver.Fallen) -> FallenLine:
        """An instrument that is not common."""
        reasons = tuple(
            ReasonLine(
                code=reason.why,
                party=reason.party,
                day=reason.day,
                offences=reason.offences,
                text=law_words.reason(reason, one.instrument, self.words),
            )
            for reason in one.reasons
        )
        return FallenLine(instrument=self.words.cited[one.instrument], reasons=reasons)

    def doubt(self, one: solver.Opinion) -> Told:
        """What an opinion has to settle."""
        return Told(code=one.doubt, parties=one.parties, text=law_words.opinion(one, self.words))
