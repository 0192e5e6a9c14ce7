import pytest
from django.test import Client

from tests.cases.cast import CaseWorld
from tests.cases.sending import Browser
from tests.people import Person


@pytest.fixture
def world(db: None) -> CaseWorld:
    """People and cases."""
    return CaseWorld()


@pytest.fixture
def browser(db: None) -> Browser:
    """A signed-in browser of somebody."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return sign_in
