"""Project staff in the console: what waits, who is appointed, and a partner's token stopped; wide, and narrow without scripts."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey
STAFF, TECHNICAL = "matteo.ferrero@eurojust.wbcj.example", "pavel.horak@eurojust.wbcj.example"
ADMINISTRATOR, SECOND = "dusan.pesic@rs.wbcj.example", "milica.stamenic@rs.wbcj.example"
MACHINE = {"work": "background work", "deliveries": "mails", "reminders": "reminders", "files": "stored files"}
WAYS = pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)], ids=["wide", "plain"])


@WAYS
def test_a_programme_manager_stops_a_token_and_its_partner_is_told(width, scripts, site, chromium):
    name = f"Archive {width}"
    with company(site, chromium, Album(f"recall-{width}-{scripts}", width=width, scripts=scripts)) as people:
        admin, second, staff = people[ADMINISTRATOR], people[SECOND], people[STAFF]
        admin.open("/directory/systems/new/", "register a system")
        admin.fill(name=name, purpose="Archive of the office")
        admin.choose(authority="Public Prosecutor's Office for Organised Crime", role="Registrar")
        admin.go("Propose", "system that waits")
        waiting = admin.here
        second.open("/directory/waiting/", "proposals")
        second.go(name, "answer")
        second.tick(answer="Confirm")
        second.go("Send answer", "confirmed")
        admin.open(f"{waiting}", "system at work")
        admin.go("New token", "new token")
        admin.tick(scopes="Read cases")
        admin.go("Grant token", "secret")

        staff.open("/console/", "console")
        staff.go("API clients", "clients")
        staff.fill(text=name)
        staff.go("Show", "clients found")
        staff.reads(name, "Read cases", "never")
        staff.page.locator("main button", has_text="Revoke").first.click()
        staff.page.wait_for_load_state()
        staff.look("revoked")
        staff.reads("Revoked", "revoked by Matteo Ferrero")
        assert "its partner was told" in staff.page.locator("body").inner_text()

        admin.open("/inbox/", "told")
        admin.reads("Project staff revoked a token of a system of your partner.")


@WAYS
def test_the_pages_of_the_console_hold_every_rule(width, scripts, site, chromium):
    with company(site, chromium, Album(f"console-{width}-{scripts}", width=width, scripts=scripts)) as people:
        tina = people[TECHNICAL]
        tina.open("/console/", "console")
        tina.open("/console/events/", "log")
        tina.open("/console/events/?act=cases&who=a&outcome=done", "log narrowed")
        tina.open("/console/people/", "people")
        tina.open("/console/people/?without=on&state=live", "people without a factor")
        tina.open("/console/partners/", "partners")
        tina.open("/console/clients/", "clients")
        tina.open("/console/papers/", "papers")
        for place, what in MACHINE.items():
            tina.open(f"/console/{place}/", what)
        tina.page.locator(".places summary").click()
        tina.look("all pages")


@WAYS
def test_the_log_is_narrowed_by_hand_and_leads_on(width, scripts, site, chromium):
    with company(site, chromium, Album(f"log-{width}-{scripts}", width=width, scripts=scripts)) as people:
        tina = people[TECHNICAL]
        tina.open("/console/events/", "log")
        tina.fill(act="console")
        tina.go("Show", "narrowed")
        tina.reads("console.")
