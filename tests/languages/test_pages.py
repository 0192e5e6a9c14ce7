"""Every page in the pseudo-locale: a word that the product says and nobody can translate fails by name."""

from __future__ import annotations

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
# Said to machines.
NO_PAGE = {"health_live", "health_ready"}
# At least so many pages must have been read, or the test looked at nothing.
PAGES_READ = 400

pytestmark = pytest.mark.usefixtures("demo_world", "db", "pseudo_locale")


def plain_routes() -> list[Route]:
    """Pages at one address each, the sign-in library's among them."""
    return [route for route in routes() if "<" not in route.pattern and route.name and route.name not in NO_PAGE]


def addresses() -> list[str]:
    """Every page at an address of its own, and every page of a root for some roots of each kind."""
    found = [reverse(route.name) for route in plain_routes()]
    with as_owner():
        keys = {kind: list(_keys(kind)) for kind in OF_A_ROOT.values()}
    for route in routes():
        if "<uuid:pk>" in route.pattern and route.pattern.count("<") == 1 and route.ours:
            kinds = [OF_A_ROOT[route.name]] if route.name in OF_A_ROOT else list(keys)
            found += [reverse(route.name, kwargs={"pk": key}) for kind in kinds for key in keys[kind]]
    return found


def _keys(kind: str) -> Iterator[object]:
    return iter(Root.objects.filter(kind=kind).order_by("-sort_at").values_list("pk", flat=True)[:ROOTS_OF_A_KIND])


def speaking(client: Client) -> Client:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = reading.LANGUAGE
    return client


def read(client: Client, address: str) -> str:
    """The page at that address; empty for an answer that is none."""
    answer = client.get(address)
    return answer.content.decode() if answer.headers.get("Content-Type", "").startswith("text/html") else ""


def test_no_page_says_a_word_that_is_not_marked(data, settings):
    settings.WBCJ_DEMO = True  # elsewhere invented people are nobody
    found: dict[str, set[str]] = {}
    pages = 0
    for _email, client in [("a stranger", Client()), *signed_in()]:
        for address in addresses():
            page = read(speaking(client), address)
            pages += page.count(f'<html lang="{reading.LANGUAGE}"')
            for piece in reading.unmarked(page, data):
                found.setdefault(piece, set()).add(address)
    assert found == {}
    assert pages >= PAGES_READ


def test_a_page_that_is_not_there_answers_in_the_language_of_the_browser(data):
    client = Client(headers={"Accept-Language": reading.LANGUAGE})
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert OPEN in answer.content.decode()
    assert reading.unmarked(answer.content.decode(), data) == []
