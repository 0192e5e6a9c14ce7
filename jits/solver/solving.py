"""From parties, offences and a day to the answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from jits.solver import between
from jits.solver.answers import Answer, Doubt, Fallen, Opinion, Pair, Platform, Union, Verdict
from jits.solver.facts import TEAM, Instrument, Kind, Matrix, Offence, Party
from jits.solver.reasons import Question


def solve(matrix: Matrix, *, parties: Collection[Party], offences: Collection[Offence], on: date) -> Answer:
    """What a team of these parties may rest on, on that day.

    Parties and offences have no order: the answer names them sorted. Raises ValueError for fewer than two parties or no offence.
    """
    team = sorted(set(parties))
    if len({party.code for party in team}) < TEAM or not offences:
        raise ValueError("a team has two parties or more, and something to investigate")
    question = Question(matrix=matrix, offences=frozenset(offences), on=on)
    instruments = [one for one in matrix.at(on) if one.kind is not Kind.PLATFORM]
    reasons = {one.code: tuple(question.of_all(one, team)) for one in instruments}
    common = tuple(code for code, why in reasons.items() if not why)
    pairs = () if common else between.pairs(question, instruments, team)
    union = between.union(question, instruments, team)
    return Answer(
        parties=tuple(party.code for party in team),
        offences=tuple(sorted(question.offences)),
        on=on,
        common=common,
        fallen=tuple(Fallen(instrument=code, reasons=why) for code, why in reasons.items() if why),
        pairs=pairs,
        union=union,
        opinions=tuple(_opinions(pairs, union)),
        platform=_platform(question, team, union),
    )


def _opinions(pairs: Sequence[Pair], union: Union | None) -> Iterator[Opinion]:
    """What is left to be settled where nothing is common."""
    if pairs:
        yield Opinion(doubt=Doubt.NOTHING_COMMON)
    if union is not None and union.without:
        yield Opinion(doubt=Doubt.NO_ADDITIONAL_BASIS, parties=union.without)
    for pair in pairs:
        if not pair.written:
            doubt = Doubt.RECIPROCITY_ONLY if pair.reciprocity else Doubt.NOTHING_FOR_PAIR
            yield Opinion(doubt=doubt, parties=(pair.first, pair.second))


def _platform(question: Question, team: Sequence[Party], union: Union | None) -> Platform:
    """Regulation (EU) 2023/969, Articles 1(a) and 3(3): a Union legal basis, and an additional one for each party from outside."""
    members = [party for party in team if party.eu_member]
    if union is None:
        few = {0: Verdict.NO_EU_MEMBER, 1: Verdict.ONE_EU_MEMBER}
        return Platform(
            verdict=few.get(len(members), Verdict.NO_UNION_BASIS), parties=tuple(one.code for one in members)
        )
    closed = _closed(question, members)
    if closed is not None:
        return closed
    if union.without:
        return Platform(verdict=Verdict.NO_ADDITIONAL_BASIS, parties=union.without)
    verdict = Verdict.WITH_ADDITIONAL_BASIS if union.additional else Verdict.UNION_BASIS
    return Platform(verdict=verdict, parties=tuple(one.party for one in union.additional))


def _closed(question: Question, members: Sequence[Party]) -> Platform | None:
    """Is there a platform on that day, and are these EU Member States bound by its rules?"""
    rules = [one for one in question.matrix.at(question.on) if one.kind is Kind.PLATFORM]
    running = [one for one in rules if not _at_rest(one, question.on)]
    if not running:
        ahead = [one.first for one in rules if question.on < one.first]
        return Platform(verdict=Verdict.NOT_RUNNING, day=min(ahead, default=None))
    unbound = [party.code for party in members if any(question.of_party(one, party) for one in running)]
    return Platform(verdict=Verdict.NOT_BOUND, parties=tuple(unbound)) if unbound else None


def _at_rest(instrument: Instrument, on: date) -> bool:
    return on < instrument.first or (instrument.last is not None and instrument.last < on)
