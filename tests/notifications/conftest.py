from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from foundation import access
from tests.notifications.sink import Sink, listening
from tests.people import House, Person


@pytest.fixture
def house(db: None) -> House:
    return House()


@pytest.fixture
def ann(house: House) -> Person:
    return house.person("Ann", "AL")


@pytest.fixture
def bob(house: House) -> Person:
    return house.person("Bob", "RS")


@pytest.fixture
def browser() -> Callable[[Person], Client]:
    """A signed-in browser of somebody."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return sign_in


@pytest.fixture
def meeting(ann: Person) -> UUID:
    """A root of a kind that has a page."""
    with ann.acting() as actor:
        return access.open_root(by=actor, kind="meeting", reference="M-2026-KRONOS", title="Operation Kronos")


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server of the test's own, to which the product hands its mails."""
    with listening() as server:
        settings.EMAIL_BACKEND = "foundation.notifications.delivery.smtp.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 0.5
        yield server
