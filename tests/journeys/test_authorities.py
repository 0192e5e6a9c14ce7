"""Project staff found an authority of a partner and close it again; wide, and narrow without scripts."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey
STAFF = "matteo.ferrero@eurojust.wbcj.example"


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)], ids=["wide", "plain"])
def test_an_authority_is_founded_and_one_where_people_work_is_not_closed(width, scripts, site, chromium):
    name = f"Basic Prosecutor's Office of the town {width}"
    with company(site, chromium, Album(f"authorities-{width}-{scripts}", width=width, scripts=scripts)) as people:
        staff = people[STAFF]
        staff.open("/console/partners/", "partners")
        staff.follow("Authorities, Albania", "authorities")
        staff.reads("Albania", "Appointed")
        staff.go("Add an authority", "new authority")
        staff.fill(name=name)
        staff.go("Add authority", "added")
        staff.reads(name, "name to be confirmed by the partner")

        staff.follow(f"Close: {name}", "to close")
        staff.go("Close authority", "closed")
        assert "The end is set." in staff.page.locator("body").inner_text()

        staff.follow("Close: Special Structure against Corruption and Organised Crime (SPAK)", "where people work")
        staff.reads("Arben Kodra")
        staff.press("Close authority")
        staff.look_at_refusal("refused")
        staff.reads("Arben Kodra")
        assert "The end is set." not in staff.page.locator("body").inner_text()
