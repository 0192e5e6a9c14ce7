"""Why an instrument falls away, and what holds for any matrix."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jits import solver
from jits.solver import Condition, Doubt, Kind, Offence, Reason, Scope, Why
from tests.jits.law.table import team

DAY = date(2020, 6, 1)
CODES = ("AL", "BA", "DE", "FR", "MK", "XK")


def reasons(found: solver.Answer, instrument: str) -> tuple[Reason, ...]:
    return next((one.reasons for one in found.fallen if one.instrument == instrument), ())


def asked(matrix: solver.Matrix, parties: str, *offences: str, on: date = DAY) -> solver.Answer:
    return solver.solve(matrix, parties=team(parties), offences=[Offence(one) for one in offences], on=on)


def test_each_party_that_is_not_bound_is_named_with_the_reason(shipped: solver.Matrix) -> None:
    found = asked(shipped, "AL XK HU", "other", on=date(2012, 1, 1))

    assert reasons(found, "pcc_see") == (
        Reason(why=Why.NOT_YET, party="HU", day=date(2012, 7, 6)),
        Reason(why=Why.NOT_A_PARTY, party="XK"),
    )
    assert reasons(found, "uncac")[0] == Reason(why=Why.SCOPE, offences=(Offence.OTHER,))
    assert Reason(why=Why.EU_MEMBERS_ONLY, party="AL") in reasons(found, "eu_mla_2000")
    assert reasons(found, "jits_platform") == ()


def test_an_instrument_between_two_is_none_of_a_whole_team(shipped: solver.Matrix) -> None:
    assert reasons(asked(shipped, "AL XK", "other"), "al_xk_prosecutors_2010") == (Reason(why=Why.PAIRS_ONLY),)
    assert reasons(asked(shipped, "AL XK", "other"), "xk_reciprocity") == (Reason(why=Why.PAIRS_ONLY),)
    assert reasons(asked(shipped, "AL RS", "other"), "xk_reciprocity") == (
        Reason(why=Why.NOT_A_PARTY, party="AL"),
        Reason(why=Why.NOT_A_PARTY, party="RS"),
    )


def _matrix(**binding: Any) -> solver.Matrix:
    one = solver.Instrument(code="one", kind=Kind.MULTILATERAL, first=date(2000, 1, 1), last=date(2024, 12, 31))
    bound = solver.Binding(instrument="one", party="AL", first=date(2001, 1, 1))
    other = solver.Binding(instrument="one", party="RS", first=date(2001, 1, 1), **binding)
    return solver.Matrix(instruments=(one,), bindings=(bound, other))


def test_a_reservation_an_end_and_the_end_of_the_instrument_are_told_apart() -> None:
    assert asked(_matrix(), "AL RS", "other").common == ("one",)
    assert reasons(asked(_matrix(reserved=True), "AL RS", "other"), "one") == (Reason(why=Why.RESERVED, party="RS"),)
    ended = asked(_matrix(last=date(2020, 5, 31)), "AL RS", "other")
    assert reasons(ended, "one") == (Reason(why=Why.ENDED, party="RS", day=date(2020, 5, 31)),)
    assert asked(_matrix(last=DAY), "AL RS", "other").common == ("one",)
    over = asked(_matrix(), "AL RS", "other", on=date(2025, 1, 1))
    assert reasons(over, "one") == (Reason(why=Why.INSTRUMENT_ENDED, day=date(2024, 12, 31)),)
    early = asked(_matrix(), "AL RS", "other", on=date(1999, 1, 1))
    assert reasons(early, "one")[0] == Reason(why=Why.INSTRUMENT_NOT_YET, day=date(2000, 1, 1))


def test_the_opinion_names_the_pairs_that_have_nothing_in_writing(shipped: solver.Matrix) -> None:
    found = asked(shipped, "AL MK XK", "organised")

    assert [(one.doubt, one.parties) for one in found.opinions] == [
        (Doubt.NOTHING_COMMON, ()),
        (Doubt.RECIPROCITY_ONLY, ("MK", "XK")),
    ]
    assert [one.doubt for one in asked(shipped, "AL GR", "other").opinions] == [
        Doubt.NOTHING_COMMON,
        Doubt.NOTHING_FOR_PAIR,
    ]


@pytest.mark.parametrize("parties", ["AL", "AL AL", ""])
def test_fewer_than_two_parties_are_no_team(parties: str, shipped: solver.Matrix) -> None:
    with pytest.raises(ValueError, match="two parties"):
        asked(shipped, parties, "other")
    with pytest.raises(ValueError, match="something to investigate"):
        asked(shipped, "AL RS")


days = st.sampled_from([date(year, 1, 1) for year in range(2000, 2006)])
periods = st.sampled_from(
    [(date(first, 1, 1), last and date(last, 1, 1)) for first in (2000, 2002, 2004) for last in (None, 2004, 2005)]
)
ITEMS = [f"i{number}" for number in range(5)]
bindings = st.tuples(st.sampled_from(ITEMS), st.sampled_from(CODES), periods, st.booleans())
instruments = st.tuples(
    st.sampled_from(Kind), st.sampled_from(Scope), st.sampled_from(Condition), st.booleans(), periods
)


def _built(rows: list[Any], bound: list[Any]) -> solver.Matrix:
    """As many instruments as there are rows, and one period for each party under each."""
    return solver.Matrix(
        instruments=tuple(
            solver.Instrument(
                code=code, kind=kind, scope=scope, condition=condition, union_basis=act, first=days[0], last=days[1]
            )
            for code, (kind, scope, condition, act, days) in zip(ITEMS, rows, strict=False)
        ),
        bindings=tuple(
            solver.Binding(instrument=code, party=party, first=days[0], last=days[1], reserved=reserved)
            for (code, party), (days, reserved) in {(one[0], one[1]): one[2:] for one in bound}.items()
        ),
    )


matrices = st.builds(
    _built, st.lists(instruments, min_size=1, max_size=len(ITEMS)), st.lists(bindings, min_size=4, max_size=24)
)
teams = st.sets(st.sampled_from(CODES), min_size=2).map(lambda codes: team(" ".join(codes)))
offences = st.sets(st.sampled_from(Offence), min_size=1)


@given(matrix=matrices, parties=teams, more=st.sampled_from(CODES), offences=offences, on=days)
def test_another_party_never_adds_a_common_instrument(matrix, parties, more, offences, on) -> None:
    fewer = solver.solve(matrix, parties=parties, offences=offences, on=on)
    wider = solver.solve(matrix, parties=[*parties, *team(more)], offences=offences, on=on)

    assert set(wider.common) <= set(fewer.common)


@given(matrix=matrices, parties=teams, offences=offences, on=days)
def test_every_instrument_is_common_or_has_a_reason_and_what_is_needed_is_said(matrix, parties, offences, on) -> None:
    found = solver.solve(matrix, parties=parties, offences=offences, on=on)

    legal = {one.code for one in matrix.instruments if one.kind is not Kind.PLATFORM}
    fallen = {one.instrument for one in found.fallen}
    assert fallen | set(found.common) == legal
    assert not fallen & set(found.common)
    assert all(one.reasons for one in found.fallen)
    assert found.opinion_needed is not bool(found.common) or (found.union is not None and found.union.without)
    assert bool(found.pairs) is not bool(found.common)
    assert not found.platform.allowed or found.union is not None


@given(matrix=matrices, parties=st.sets(st.sampled_from(CODES), min_size=2, max_size=4), offences=offences, on=days)
def test_the_order_of_the_parties_does_not_matter(matrix, parties, offences, on) -> None:
    answers = {
        repr(solver.solve(matrix, parties=team(" ".join(order)), offences=offences, on=on))
        for order in permutations(parties)
    }

    assert len(answers) == 1
