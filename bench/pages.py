"""How many statements a real page takes, transaction statements included, whoever looks and however much there is."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import measuring
from bench.cast import Person
from bench.databases import Loaded, pointing_to
from foundation.tenancy.models import Account
from tests.bed import sessions

LIST, RECORD = "case list", "case page"
GOALS = {LIST: 8, RECORD: 18}


class PageFailed(Exception):
    """A page that is counted did not answer with 200, so its count would say nothing."""


def statements(database: Loaded) -> dict[str, int]:
    """The most that any of the seven needs for each page."""
    counts: dict[str, int] = {}
    with pointing_to(database.walled):
        for person in database.people:
            for name, count in _counted(person, database):
                counts[name] = max(count, counts.get(name, 0))
    return counts


def _counted(person: Person, database: Loaded) -> Iterator[tuple[str, int]]:
    client = Client()
    sessions.signed_in_fully(client, Account.objects.get(pk=person.account_id))
    for name, address in _addresses(person, database).items():
        # The first look fills the session, as signing in does.
        for _look in range(2):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
        if response.status_code != 200:
            raise PageFailed(f"{name}: {response.status_code}")
        yield name, len(queries)


def _addresses(person: Person, database: Loaded) -> dict[str, str]:
    key = measuring.middle_of(person, database)
    return {LIST: reverse("cases"), RECORD: reverse("case", kwargs={"pk": key})}
