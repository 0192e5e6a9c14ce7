"""A root of no app in particular: what sharing does, it does for every kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from foundation import access
from tests.people import House, Person

KIND = "binder"


@pytest.fixture
def at() -> datetime:
    return timezone.now()


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
def cem(house: House) -> Person:
    """A colleague of Ann."""
    return house.person("Cem", "AL")


@pytest.fixture
def binder(ann: Person) -> UUID:
    """A root that Ann opened."""
    with ann.acting() as actor:
        return access.open_root(by=actor, kind=KIND, reference="B-2026-KRONOS", title="Operation Kronos")


@pytest.fixture
def browser() -> Callable[[Person], Client]:
    """A signed-in browser of somebody."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return sign_in
