"""What a first visit loads once, compressed; pages are weighed in tests/languages, and over a real line in the journeys."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

FIRST_VISIT = 150_000
# Room for the page itself, and for what the product will still need.
STATIC = 60_000


def asked_for(page: str) -> list[Path]:
    """The static files that a page names, the Europa values too where they were fetched."""
    names = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    found = {name: finders.find(name) for name in names}
    assert [name for name, path in found.items() if path is None] == []
    return [Path(str(path)) for path in found.values()]


@pytest.mark.django_db
def test_the_first_visit_keeps_to_its_weight():
    page = Client().get("/account/login/").content
    files = asked_for(page.decode())
    weights = {path.name: len(gzip.compress(path.read_bytes())) for path in files}

    assert {"base.css", "components.css", "page.js"} <= weights.keys()
    assert sum(weights.values()) <= STATIC, weights
    assert sum(weights.values()) + len(gzip.compress(page)) <= FIRST_VISIT


@pytest.mark.django_db
def test_a_sheet_asks_for_nothing_that_the_page_does_not_ask_for_itself():
    """Each would be a round trip more before the page looks finished."""
    named = {path.name for path in asked_for(Client().get("/account/login/").content.decode())}
    sheets = {path.name: path.read_text() for path in (settings.BASE_DIR / "static").rglob("*.css")}
    assert sheets
    for name, text in sheets.items():
        asks = set(
            re.findall(r"""url\(["']?(?!data:|#)([^"')]+)""", re.sub(r"""url\(["']?(data:|#)[^)]*\)""", "", text))
        )
        assert asks <= named, name
        assert "@import" not in text, name


@pytest.mark.django_db
def test_pages_travel_compressed():
    answer = Client().get("/account/login/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(answer.content)
