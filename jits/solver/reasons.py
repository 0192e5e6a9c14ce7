"""Why an instrument does not carry a group of parties; no reason at all means that it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jits.solver.answers import Reason, Why
from jits.solver.facts import Condition, Instrument, Kind, Matrix, Offence, Party, uncovered


@dataclass(frozen=True, kw_only=True)
class Question:
    """The matrix, the offences and the day; the parties are asked about in groups."""

    matrix: Matrix
    offences: frozenset[Offence]
    on: date

    def own(self, instrument: Instrument) -> list[Reason]:
        """What the instrument itself lacks: it is not in force on that day, or is not for these offences."""
        found = []
        if self.on < instrument.first:
            found.append(Reason(why=Why.INSTRUMENT_NOT_YET, day=instrument.first))
        if instrument.last is not None and instrument.last < self.on:
            found.append(Reason(why=Why.INSTRUMENT_ENDED, day=instrument.last))
        missing = uncovered(instrument.scope, self.offences)
        if missing:
            found.append(Reason(why=Why.SCOPE, offences=tuple(sorted(missing))))
        return found

    def of_party(self, instrument: Instrument, party: Party) -> list[Reason]:
        """Why this party is not bound; nothing where it is."""
        if instrument.condition is Condition.EU_MEMBERS and not party.eu_member:
            return [Reason(why=Why.EU_MEMBERS_ONLY, party=party.code)]
        periods = self.matrix.of(instrument.code, party.code)
        now = next((one for one in periods if one.holds(self.on)), None)
        if now is not None:
            return [Reason(why=Why.RESERVED, party=party.code)] if now.reserved else []
        ahead = [one.first for one in periods if self.on < one.first]
        if ahead:
            return [Reason(why=Why.NOT_YET, party=party.code, day=ahead[0])]
        if periods:
            return [Reason(why=Why.ENDED, party=party.code, day=periods[-1].last)]
        return [Reason(why=Why.NOT_A_PARTY, party=party.code)]

    def of_all(self, instrument: Instrument, parties: Iterable[Party]) -> list[Reason]:
        """Every reason why it is no basis of all of these together."""
        group = list(parties)
        each = [reason for party in group for reason in self.of_party(instrument, party)]
        if instrument.kind is Kind.RECIPROCITY and len(each) < len(group):
            # Offered by one, taken up by the other: nobody has to be bound by it but the one that offers it.
            each = []
        if instrument.pairwise and not each:
            each = [Reason(why=Why.PAIRS_ONLY)]
        return [*self.own(instrument), *each]

    def carries(self, instrument: Instrument, parties: Iterable[Party]) -> bool:
        """Is it a basis of all of these together?"""
        return not self.of_all(instrument, parties)

    def bound(self, instrument: Instrument, *parties: Party) -> bool:
        """In force that day, for these offences, and for each of these."""
        return not self.own(instrument) and not any(self.of_party(instrument, party) for party in parties)
