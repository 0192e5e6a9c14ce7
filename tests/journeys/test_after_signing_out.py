"""Who sits down at the computer afterwards finds nothing of the one before."""

from __future__ import annotations

import pytest

from tests.bed.browser import keeping_pages
from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey

TIRANA = "arben.kodra@al.wbcj.example"


def test_back_leads_to_the_door(site, chromium):
    with keeping_pages(chromium) as kept, company(site, kept, Album("back")) as people:
        tirana = people[TIRANA]
        tirana.open("/cases/", "cases")
        first = tirana.page.locator("main tbody a").first
        title = first.inner_text()
        with tirana.page.expect_navigation():
            first.click()
        tirana.reads(title)
        tirana.page.locator(".menu--acting summary").click()
        with tirana.page.expect_navigation(url="**/account/login/"):
            tirana.page.get_by_role("button", name="Sign out").click()

        with tirana.page.expect_navigation():
            tirana.page.evaluate("history.back()")

        assert "/account/login/?next=" in tirana.page.url
        tirana.reads_nothing_of(title)
