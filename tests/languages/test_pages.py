"""Every page in the pseudo-locale: a word that the product says and nobody can translate fails by name."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from foundation.access.models import Root
from setup.messages.pseudo import OPEN
from tests.architecture.pages import Route, routes
from tests.architecture.test_budgets import OF_A_ROOT, signed_in
from tests.bed.sides import as_owner
from tests.languages import reading

ROOTS_OF_A_KIND = 2
NO_PAGE = {
    "health_live": "said to machines",
    "health_ready": "said to machines",
    "console_gallery": "specimens of components, with invented words, for those who build pages",
}
# At least so many pages must have been read, or the test looked at nothing.
PAGES_READ = 300

# A later page on a slow line is this alone: its sheets and scripts are there since the first visit.
PAGE_BYTES = 30_000

pytestmark = pytest.mark.usefixtures("demo_world", "db", "pseudo_locale")


def plain_routes() -> list[Route]:
    """Pages at one address each, the sign-in library's among them."""
    return [route for route in routes() if "<" not in route.pattern and route.name and route.name not in NO_PAGE]


def addresses() -> list[str]:
    """Every page at an address of its own, and every page of a root for some roots of each kind."""
    found = [reverse(route.name) for route in plain_routes()]
    with as_owner():
        keys = {kind: list(_keys(kind)) for kind in OF_A_ROOT.values()}
    homes = {route.pattern: OF_A_ROOT[route.name] for route in routes() if route.name in OF_A_ROOT}
    for route in routes():
        if "<uuid:pk>" in route.pattern and route.pattern.count("<") == 1 and route.ours:
            home = route.pattern.partition("<uuid:pk>/")[0] + "<uuid:pk>/"
            kinds = [homes[home]] if home in homes else list(keys)
            found += [reverse(route.name, kwargs={"pk": key}) for kind in kinds for key in keys[kind]]
    return found


def _keys(kind: str) -> Iterator[object]:
    return iter(Root.objects.filter(kind=kind).order_by("-sort_at").values_list("pk", flat=True)[:ROOTS_OF_A_KIND])


def test_no_stale_exceptions():
    assert NO_PAGE.keys() <= {route.name for route in routes()}


def speaking(client: Client) -> Client:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = reading.LANGUAGE
    return client


def read(client: Client, address: str) -> str:
    """The page at that address; empty for an answer that is none."""
    answer = client.get(address)
    return answer.content.decode() if answer.headers.get("Content-Type", "").startswith("text/html") else ""


def test_no_page_says_a_word_that_is_not_marked_and_none_is_heavy(data, settings):
    settings.WBCJ_DEMO = True  # elsewhere invented people are nobody
    found: dict[str, set[str]] = {}
    heavy: dict[str, int] = {}
    pages = 0
    for _email, client in [("a stranger", Client()), *signed_in()]:
        for address in addresses():
            page = read(speaking(client), address)
            pages += page.count(f'<html lang="{reading.LANGUAGE}"')
            weight = len(gzip.compress(page.encode(), compresslevel=6))
            heavy |= {address: weight} if weight > PAGE_BYTES else {}
            for piece in reading.unmarked(page, data):
                found.setdefault(piece, set()).add(address)
    assert found == {}
    assert heavy == {}
    assert pages >= PAGES_READ


def test_a_page_that_is_not_there_answers_in_the_language_of_the_browser(data):
    client = Client(headers={"Accept-Language": reading.LANGUAGE})
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert OPEN in answer.content.decode()
    assert reading.unmarked(answer.content.decode(), data) == []
