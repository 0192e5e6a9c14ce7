"""A partner's administrator registers a system, gets its token once, replaces and revokes it: wide, and narrow without scripts."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey
ADMINISTRATOR, SECOND = "dusan.pesic@rs.wbcj.example", "milica.stamenic@rs.wbcj.example"
AUTHORITY = "Public Prosecutor's Office for Organised Crime"
SECRET = re.compile(r"wbcj_\w{8}_\w{32}_\w{6}")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)], ids=["wide", "plain"])
def test_an_administrator_gives_a_system_its_token(width, scripts, site, chromium):
    name = f"Register {width}"
    with company(site, chromium, Album(f"systems-{width}-{scripts}", width=width, scripts=scripts)) as people:
        admin, second = people[ADMINISTRATOR], people[SECOND]
        admin.open("/directory/systems/", "systems")
        admin.go("Register a system", "register a system")
        admin.fill(name=name, purpose="Cases of the office")
        admin.choose(authority=AUTHORITY, role="Registrar")
        admin.go("Propose", "system that waits")
        admin.reads("A second person of the authority has to confirm this system")
        waiting = admin.here

        second.open("/directory/waiting/", "proposals")
        second.go(name, "answer")
        second.tick(answer="Confirm")
        second.go("Send answer", "confirmed")

        admin.open(waiting, "system at work")
        admin.go("New token", "new token")
        admin.tick(scopes="Read cases")
        admin.fill(networks="192.0.2.0/33")
        admin.press("Grant token")
        admin.complaints.clear()  # the browser's own line about the 422
        admin.look("no range")
        admin.reads("is no address range")
        admin.fill(networks="192.0.2.0/24")
        admin.go("Grant token", "secret")
        assert SECRET.search(admin.page.locator("main").inner_text())
        admin.go("I have copied it", "system with a token")
        admin.reads("Works", "192.0.2.0/24")
        with suppress(Error):  # the browser has no copy, and says so
            admin.page.go_back()
        admin.page.wait_for_load_state()
        assert not SECRET.search(admin.page.locator("body").inner_text())
        admin.complaints.clear()

        admin.open(waiting, "system with a token")
        admin.page.locator("main a", has_text="Rotate").click()
        admin.look("rotate")
        admin.go("Grant the new token", "new secret")
        admin.go("I have copied it", "system with two tokens")
        admin.reads("Replaced, works on for a while")
        admin.page.locator("main button", has_text="Revoke").first.click()
        admin.look("revoked")
        admin.reads("revoked by")
