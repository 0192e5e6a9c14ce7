"""The document of the API is read and tried in a browser, from our own host and under our own content security policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("address", ["/api/v1/documentation", "/api/v1/reference"], ids=["to try", "to read"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_document_is_shown_and_the_browser_complains_of_nothing(address, width, site, chromium):
    page = chromium.new_page(viewport={"width": width, "height": 800})
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{site.address}{address}")

    expect(page.get_by_text("List the cases").locator("visible=true").first).to_be_visible(timeout=60_000)
    page.wait_for_load_state("networkidle")
    assert said == [], "\n".join(said)
    assert [url for url in asked if not url.startswith((site.address, "data:", "blob:"))] == []
    assert page.locator("img:visible").evaluate_all("them => them.filter(one => !one.naturalWidth).length") == 0
    page.close()
