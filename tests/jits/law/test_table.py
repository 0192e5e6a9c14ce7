"""The solver against the table of cases that were worked out by hand."""

from __future__ import annotations

import pytest

from jits import solver
from tests.jits.law import kosovo, union, western_balkans
from tests.jits.law.table import Case, answer, between

CASES = (*western_balkans.CASES, *kosovo.CASES, *union.CASES)


@pytest.mark.parametrize("wanted", CASES, ids=str)
def test_the_solver_agrees_with_the_case_that_was_worked_out_by_hand(wanted: Case, shipped: solver.Matrix) -> None:
    found = answer(shipped, wanted)

    assert " ".join(found.common) == wanted.common
    assert {f"{pair.first} {pair.second}": between(pair) for pair in found.pairs} == wanted.pairs
    assert found.opinion_needed is wanted.opinion
    assert found.platform.verdict == wanted.platform
    assert found.platform.allowed is (wanted.platform in {"union_basis", "with_additional_basis"})
    assert (" ".join(found.union.instruments) if found.union else "") == wanted.union
    joins = {one.party: " ".join(one.instruments) for one in found.union.additional} if found.union else {}
    assert joins == wanted.joins


def test_the_table_has_sixty_cases_or_more_and_none_twice() -> None:
    assert len({str(wanted) for wanted in CASES}) == len(CASES) >= 60


def test_no_team_with_kosovo_has_a_common_basis_or_goes_without_an_opinion() -> None:
    with_kosovo = [wanted for wanted in CASES if "XK" in wanted.parties]

    assert len(with_kosovo) >= 15
    assert all(not wanted.common and wanted.opinion for wanted in with_kosovo)
