"""A partner's administrator registers a system, gets its token once, replaces and revokes it: wide, and narrow without scripts."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.journeys.visitor import Album, Visitor, company

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
        _tell(admin)


def _tell(admin: Visitor) -> None:
    """The system is told of what changes, at an address where nobody listens."""
    admin.go("New webhook", "new webhook")
    admin.tick(chosen="A case was changed")
    admin.fill(url="https://10.0.0.1/told")
    admin.press("Subscribe")
    admin.complaints.clear()  # the browser's own line about the 409
    admin.look("no public address")
    admin.reads("This address is inside a network")
    admin.fill(url=f"https://127.0.0.1:9/told/{'with-a-long-way-to-go/' * 5}")
    admin.go("Subscribe", "secret of a webhook")
    assert re.search(r"whsec_[A-Za-z0-9+/]{43}=", admin.page.locator("main").inner_text())
    admin.go("I have copied it", "webhook without deliveries")
    admin.go("Send a test", "webhook with a test")
    admin.reads("test.sent")
    webhook = admin.here
    _until_it_failed(admin, webhook)
    admin.page.locator("main a", has_text="test.sent").first.click()
    admin.look("delivery with attempts")
    admin.reads("ConnectionRefusedError", "surely not sent")
    admin.open(webhook, "webhook that fails")
    admin.go("Rotate the secret", "rotate the secret")
    admin.go("Make the new secret", "new secret of a webhook")
    admin.go("I have copied it", "webhook with two secrets")
    admin.go("Pause", "pause a webhook")
    admin.go("Pause", "webhook that is paused")
    admin.go("End", "end a webhook")
    admin.go("End webhook", "webhook that has ended")
    admin.reads("Ended")
    admin.page.locator("nav.breadcrumb a").last.click()
    admin.look("system with a webhook")


def _until_it_failed(admin: Visitor, webhook: str) -> None:
    for _look in range(60):
        admin.page.goto(admin.site.address + webhook)
        if "ConnectionRefusedError" in admin.page.locator("main").inner_text():
            break
        admin.page.wait_for_timeout(1000)
    admin.look("webhook after an attempt")
    admin.reads("ConnectionRefusedError", "The receiver fails")
