from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from foundation.tenancy.choices import AuthorityKind, OfficeKind, PartnerKind, Role
from tests.people import House, Person


@pytest.fixture
def browser() -> Callable[[Person], Client]:
    """A browser in which this person is signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return signed_in


@pytest.fixture
def house(db: None) -> House:
    """Three Western Balkan partners with Contact Group seats, and Eurojust with a desk and a programme team."""
    house = House()
    for code in ("AL", "MK", "RS"):
        house.office(OfficeKind.CONTACT_GROUP_SEAT, code)
    house.partner("EUROJUST", PartnerKind.EUROJUST)
    house.authority("EUROJUST", "Programme team", AuthorityKind.PROGRAMME)
    house.office(OfficeKind.CASE_DESK, "EUROJUST")
    return house


@pytest.fixture
def desk(house: House) -> Person:
    return house.person("Desk", "EUROJUST", Role.CASE_OFFICER, authority="Case desk", offices=(OfficeKind.CASE_DESK,))


@pytest.fixture
def seat(house: House) -> Person:
    return house.person("Member", "MK", offices=(OfficeKind.CONTACT_GROUP_SEAT,))


@pytest.fixture
def plan() -> dict[str, object]:
    """What a meeting is called with."""
    starts = timezone.now() + timedelta(days=7)
    return {
        "title": "17th Contact Group meeting",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=6),
        "place": "Tirana",
        "mode": "hybrid",
    }
