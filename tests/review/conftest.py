from __future__ import annotations

from uuid import UUID

import pytest

from foundation import access
from tests.people import House, Person


@pytest.fixture
def house(db: None) -> House:
    return House()


@pytest.fixture
def ann(house: House) -> Person:
    """A prosecutor in AL."""
    return house.person("Ann", "AL")


@pytest.fixture
def bob(house: House) -> Person:
    """A prosecutor in RS."""
    return house.person("Bob", "RS")


@pytest.fixture
def binder(ann: Person) -> UUID:
    """A root that Ann opened."""
    with ann.acting() as actor:
        return access.open_root(by=actor, kind="binder", reference="B-2026-KRONOS", title="Operation Kronos")
