"""Before a share, somebody looks at the page as its receiver will see it."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey

TIRANA = "arben.kodra@al.wbcj.example"


@pytest.mark.parametrize(("name", "width", "scripts"), [("preview", 1280, True), ("preview-telephone", 360, False)])
def test_a_case_is_looked_at_with_the_eyes_of_the_receiver(name, width, scripts, site, chromium):
    with company(site, chromium, Album(name, width=width, scripts=scripts)) as people:
        tirana = people[TIRANA]
        tirana.open("/cases/", "cases")
        with tirana.page.expect_navigation():
            tirana.page.locator("main table a[href^='/cases/']").first.click()
        case = tirana.here.split("/")[2]
        title = tirana.page.locator("h1").inner_text()
        tirana.open(f"/sharing/{case}/share/", "share")
        # One world for both, in any order: each shares with a partner of its own.
        partner, receiver = ("Montenegro", "") if scripts else ("Serbia", "Milica")
        tirana.choose(partner=partner)
        tirana.go("Go on", "share with whom")
        option = tirana.page.locator("main [name='principal'] optgroup").last.locator("option")
        value = option.filter(has_text=receiver).first.get_attribute("value") or ""
        tirana.page.locator("main [name='principal']").select_option(value=value)
        tirana.tick(level="View" if scripts else "Contribute")
        tirana.fill(purpose="To compare routes.")

        tirana.go("Look at the page as they will see it", "preview")

        tirana.reads(title)
        assert "would see" in tirana.page.locator(".preview-banner").inner_text()
        assert tirana.page.locator("main a[href], main form").count() == 0
        with tirana.page.expect_navigation():
            tirana.page.get_by_role("button", name="Go on to share").click()
        tirana.look("share this")
        tirana.go("Share now", "shared")
        with tirana.page.expect_navigation():
            tirana.page.get_by_role("link", name="See the page as they do").first.click()
        tirana.look("preview of a share")
        assert tirana.page.locator(".preview-banner").count() == 1
