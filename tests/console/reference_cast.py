"""Project staff at the reference data, and what they send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.reference.tables import Table
from foundation.tenancy.choices import Role
from tests.people import House, Person
from wbcj.composition import AS_FILES, REFERENCE
from wbcj.console.reference.bringing import step

CRIMES = REFERENCE["crime-types"]
SEATS = REFERENCE["seats"]
HEADINGS = "code,name,position,valid_from,valid_until"


def in_days(number: int) -> date:
    return timezone.now().astimezone(UTC).date() + timedelta(days=number)


def staff(house: House, name: str = "Mia", role: str = Role.PROGRAMME_MANAGER) -> Person:
    return house.staff(name, "EJ", role)


@pytest.fixture
def mia(house: House) -> Person:
    return staff(house)


def address(page: str, kind: str = "crime-types", **keys: Any) -> str:
    if page in {"import", "confirm"}:
        return step(AS_FILES[kind], page)
    return reverse(f"console_reference_{page}", kwargs={"kind": kind, **keys})


def fill(client: Client, page: str, kind: str = "crime-types", *, row: int | None = None, **values: Any) -> Any:
    keys = {} if row is None else {"row": row}
    return client.post(address(page, kind, **keys), {"submission_key": str(uuid4()), **values})


def table(*rows: Sequence[str], headings: str = HEADINGS) -> Table:
    numbered = tuple((number, tuple(row)) for number, row in enumerate(rows, start=2))
    return Table(headings=tuple(headings.split(",")), rows=numbered)


def give(client: Client, rows: str, kind: str = "crime-types") -> Any:
    """Give rows and look at what they would change."""
    answer = fill(client, "import", kind, rows=rows)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer.headers["Location"])


def confirm(client: Client, page: Any, kind: str = "crime-types", **values: Any) -> Any:
    fingerprint = page.context["difference"].fingerprint
    return fill(client, "confirm", kind, **{"fingerprint": str(fingerprint), **values})
