"""A house in which cases begin and end: as the runtime role, with the clock of the transaction."""

import pytest

from foundation.tenancy.choices import OfficeKind
from tests.access.story import Story
from tests.people import House
from tests.reference.stage import now_of_the_transaction


@pytest.fixture
def story(db) -> Story:
    house = House(now=now_of_the_transaction())
    return Story(
        house=house,
        ann=house.person("Ann", "AA"),
        abe=house.person("Abe", "AA", offices=(OfficeKind.CASE_REGISTRY,)),
        ada=house.person("Ada", "AA", authority="Police"),
        bob=house.person("Bob", "BB"),
        bea=house.person("Bea", "BB", offices=(OfficeKind.COORDINATOR,)),
    )
