"""The matrix as it is shipped, without a database; and people who ask."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from jits import solver
from jits.reference.law import INSTRUMENTS, PARTIES
from tests.console.conftest import browser
from tests.people import House

__all__ = ["browser"]


@pytest.fixture
def house(db: None) -> House:
    return House()


@pytest.fixture(scope="session")
def shipped() -> solver.Matrix:
    instruments = tuple(
        solver.Instrument(
            code=row.code,
            kind=solver.Kind(row.kind),
            scope=solver.Scope(row.scope),
            condition=solver.Condition(row.between),
            union_basis=row.union_basis,
            first=row.valid_from,
        )
        for row in INSTRUMENTS
    )
    with PARTIES.open(encoding="utf-8", newline="") as file:
        bindings = tuple(
            solver.Binding(
                instrument=row["instrument"], party=row["party"], first=date.fromisoformat(row["valid_from"])
            )
            for row in csv.DictReader(file)
        )
    return solver.Matrix(instruments=instruments, bindings=bindings)
