"""Every page has a budget of statements, transaction included, and keeps to it for everyone in the demo world.

That a list takes the same number whatever its length is shown beside each app; here nothing can be forgotten.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.access.models import Root
from foundation.pages.base import ActorPage
from foundation.tenancy.models import Account
from tests.architecture.pages import Route, routes
from tests.bed.sides import as_owner
from wbcj import composition

LIST, PAGE = 8, 18
# Pages that bring several lists together: what waits, what moved, and the inbox.
# The lists of the console ask as well for the partners to choose among, for names beside keys, and for the badge of staff; the file of
# the log is read in pieces of 500 rows. The calendar shows what comes, what is over and the dates of the programme.
# The file of teams asks for their parties besides.
WIDER = {
    "home": 14,
    "console_calendar": 10,
    "console_events": 10,
    "console_events_file": 20,
    "console_people": 10,
    "jits_export": 9,
    # Savepoint, its release and the context put back are of the test, where a request has a transaction: 16 without them.
    "case": 19,
}
ROOTS_OF_A_KIND = 3

PAGES = [route for route in routes() if route.page and issubclass(route.page, ActorPage)]
WITHOUT_KEY = [route for route in PAGES if "<" not in route.pattern]
OF_A_ROOT = {name: kind for kind, name in composition.ADDRESSES.items()}


def is_list(route: Route) -> bool:
    """Whether the page puts the roots that it returned on record."""
    classes = [c for c in getattr(route.page, "__mro__", ()) if c is not ActorPage and issubclass(c, ActorPage)]
    return any("self.returned =" in inspect.getsource(c) for c in classes)


def budget(route: Route) -> int:
    return WIDER.get(route.name, LIST if is_list(route) else PAGE)


def addresses(route: Route) -> list[str]:
    if route in WITHOUT_KEY:
        return [reverse(route.name)]
    with as_owner():
        keys = Root.objects.filter(kind=OF_A_ROOT[route.name]).order_by("-sort_at").values_list("pk", flat=True)
        return [reverse(route.name, kwargs={"pk": key}) for key in keys[:ROOTS_OF_A_KIND]]


def signed_in() -> Iterator[tuple[str, Client]]:
    """One person of each role, and one of each office."""
    seen: set[str] = set()
    for account in Account.objects.filter(memberships__ends_at__isnull=True).order_by("email").distinct():
        words = {m.role for m in account.memberships.all()}
        words |= {h.office.kind for m in account.memberships.all() for h in m.offices_held.select_related("office")}
        if words - seen:
            seen |= words
            client = Client()
            client.force_login(account)
            yield account.email, client


def measured(client: Client, address: str) -> int | None:
    """Statements of the second look, which finds its session warm; none for somebody who gets another answer."""
    if client.get(address).status_code != 200:
        return None
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.usefixtures("demo_world", "db")
@pytest.mark.parametrize("route", [*WITHOUT_KEY, *(r for r in PAGES if r.name in OF_A_ROOT)], ids=lambda r: r.name)
def test_a_page_keeps_to_its_budget_for_everyone(route, settings):
    settings.WBCJ_DEMO = True  # elsewhere invented people are nobody
    found: dict[str, int | None] = {}
    where = addresses(route)
    for email, client in signed_in():
        found |= {f"{email} {address}": measured(client, address) for address in where}
    shown = {place: count for place, count in found.items() if count is not None}
    assert shown, "nobody in the demo world was shown this page"
    assert {place: count for place, count in shown.items() if count > budget(route)} == {}


def test_every_list_is_among_the_pages_that_are_measured():
    """A list below a record's own address needs a way to be looked at here."""
    assert {r.name for r in PAGES if is_list(r) and r not in WITHOUT_KEY and r.name not in OF_A_ROOT} == set()


def test_no_stale_exceptions():
    assert WIDER.keys() <= {route.name for route in PAGES}
