"""The main job in the pseudo-locale on a telephone: no page says a word that nobody can translate, and longer words have room."""

from __future__ import annotations

from functools import cache
from typing import Any

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import Page

from setup.messages import extraction, pseudo
from tests.bed import databases
from tests.bed.site import CHECKOUT, Site, running
from tests.journeys.test_main_job import BELGRADE, BELGRADE_MEMBER, Job
from tests.journeys.visitor import Album, Company, Visitor, company
from tests.languages import reading
from tests.languages.data import texts

pytestmark = pytest.mark.journey

# A label that does not fit into what one presses is cut off or lies over its neighbour.
CLIPPED = """() => [...document.querySelectorAll('button, .button, summary, select')]
    .filter(one => one.checkVisibility() && one.tagName !== 'SELECT' && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.innerText)"""


@cache
def marked() -> frozenset[str]:
    """Every text that has a translation."""
    catalogs = (extraction.ours(), extraction.libraries())
    ids = [message.id for catalog in catalogs for message in catalog if message.id]
    return frozenset(text for one in ids for text in (one if isinstance(one, (tuple, list)) else (one,)))


def said(words: str) -> str:
    """What the page says for these words of the product; the words of people stay."""
    return pseudo.pseudo(words) if words in marked() else words


class Reading(Visitor):
    """Somebody who finds the same buttons by their translated words, and reads each page for words that are not translated."""

    def press(self, name: str) -> None:
        super().press(said(name))

    def choose(self, **values: str) -> None:
        super().choose(**{name: said(words) for name, words in values.items()})

    def tick(self, **labels: str) -> None:
        super().tick(**{name: said(words) for name, words in labels.items()})

    def reads(self, *words: str) -> None:
        text = pseudo.plain(self.page.locator("main").inner_text())
        assert [one for one in words if pseudo.plain(one) not in text] == [], f"{self.here}:\n{text}"

    def look(self, what: str) -> None:
        super().look(what)
        where = f"{self.called}: {what} ({self.here})"
        page = self.page.content()
        assert pseudo.OPEN in page, f"{where} is not in the pseudo-locale"
        with psycopg.connect(self.site.environment["DATABASE_OWNER_URL"]) as connection:
            data = reading.values(texts(connection.cursor()))
        assert reading.unmarked(page, data) == [], where
        assert self.page.evaluate(CLIPPED) == [], where


class Readers(Company):
    """Windows whose browser asks for the pseudo-locale."""

    visitor = Reading

    def _window(self, *, scripts: bool) -> Page:
        page = super()._window(scripts=scripts)
        page.context.add_cookies(in_the_pseudo_locale(self.site))
        return page


def in_the_pseudo_locale(site: Site) -> Any:
    """What a browser keeps of the choice of a language."""
    return [{"name": settings.LANGUAGE_COOKIE_NAME, "value": reading.LANGUAGE, "url": site.address}]


@pytest.fixture(scope="module")
def pseudo_site():
    catalog = pseudo.translated(extraction.libraries(), extraction.ours())
    pseudo.write(catalog, CHECKOUT / "var" / "locale")
    with running(databases.world_template(), settings="pseudo") as lent:
        yield lent


def test_the_main_job_is_done_in_the_pseudo_locale_on_a_telephone(pseudo_site, chromium):
    with company(pseudo_site, chromium, Album("pseudo", width=360), Readers) as people:
        job = Job(people, "The partners concerned")
        job.all_of_it(voting=("AL", "MK"), outside=(BELGRADE_MEMBER, BELGRADE))


def test_what_went_wrong_is_read_in_the_pseudo_locale_on_a_telephone(pseudo_site, chromium):
    with company(pseudo_site, chromium, Album("pseudo-refusals", width=360), Readers) as people:
        registry = people["teuta.prifti@al.wbcj.example"]
        for path, status in {"/console/": 403, "/no/such/page/": 404}.items():
            answer = registry.page.goto(pseudo_site.address + path)
            assert answer is not None
            assert answer.status == status
            registry.look_at_refusal(f"error {status}")
        registry.open("/cases/new/", "new case")
        registry.fill(title="Written before the sign-in ended", summary="A long text. " * 200)
        registry.page.context.clear_cookies()
        registry.page.context.add_cookies(in_the_pseudo_locale(pseudo_site))
        registry.press("Save as draft")
        registry.look_at_refusal("a form that was not taken")
        with registry.page.expect_navigation():
            registry.page.evaluate(TOO_LARGE)
        registry.look_at_refusal("error 413")


# The answer comes while the browser is still sending: the picture of the page is what it shows then.
TOO_LARGE = """() => {
    const form = document.createElement("form");
    form.method = "post"; form.action = "/cases/new/";
    const text = document.createElement("textarea");
    text.name = "summary"; text.value = "x".repeat(11_000_000);
    form.append(text); document.body.append(form); form.submit();
}"""
