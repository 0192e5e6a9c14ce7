"""Nothing typed is lost: two people at one case, a line that breaks, a sign-in that ends, windows and people that come between."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.journeys.visitor import Album, Company, Visitor, company
from wbcj.demo.people import PASSWORD

pytestmark = pytest.mark.journey

TIRANA = "arben.kodra@al.wbcj.example"
REGISTRY = "teuta.prifti@al.wbcj.example"
SKOPJE = "elena.trajkoska@mk.wbcj.example"
# Another journey may be signed in as the same person: the sessions of this one window end.
END = "from django.contrib.sessions.backends.cached_db import SessionStore; SessionStore({key!r}).delete()"
NEW = "/cases/new/"


def said(visitor: Visitor, words: str) -> None:
    """What the page says of the keeping, as soon as it says it."""
    visitor.page.locator("[data-said]").filter(has_text=words).wait_for()


def field(visitor: Visitor, name: str) -> Any:
    return visitor.page.locator(f"main [name='{name}']")


def drafted(visitor: Visitor, title: str) -> str:
    """A case of one's own; the address where its facts are edited."""
    visitor.open(NEW, "new case")
    visitor.fill(title=title, summary="Permits are printed in two towns.")
    visitor.tick(crime_types="Organised crime", handling="H0")
    visitor.go("Save as draft", "draft")
    return f"{visitor.here}edit/"


def test_two_people_at_one_case_choose_field_by_field(site, chromium):
    with company(site, chromium, Album("conflict-1280")) as people:
        mine, theirs = people[TIRANA], people[REGISTRY]
        edit = drafted(mine, "Forged permits")
        for visitor in (mine, theirs):
            visitor.open(edit, "edit")
        theirs.fill(summary="Permits are printed in three towns.")
        theirs.go("Save", "saved")
        mine.fill(summary="Permits are printed and sold in two towns.", title="Forged permits for lorries")
        mine.press("Save")
        mine.look_at_refusal("conflict")
        mine.reads(
            "Changed by Teuta Prifti",
            "Permits are printed in two towns.",
            "Only you changed this",
            "You both changed this",
        )

        field(mine, "summary").fill("Permits are printed and sold in three towns.")
        said(mine, "kept as a draft")
        mine.open(edit, "the draft of a conflict")
        mine.reads("The record has changed since then")
        assert field(mine, "summary").input_value() == "Permits are printed and sold in three towns."
        mine.press("Save")
        mine.look_at_refusal("conflict again")
        mine.reads("Permits are printed in two towns.", "You both changed this")

        field(mine, "summary").fill("Permits are printed and sold in three towns, by post.")
        mine.go("Save again", "merged")
        mine.reads("Forged permits for lorries", "Permits are printed and sold in three towns, by post.")


def test_oneself_in_another_window_is_called_by_that_on_a_telephone(site, chromium):
    with company(site, chromium, Album("conflict-360", width=360)) as people:
        mine = people[TIRANA]
        edit = drafted(mine, "Forged permits twice")
        mine.open(edit, "edit")
        other = second_window(mine, edit)
        other.locator("[name='summary']").fill("Permits are printed in four towns.")
        send(other, "Save")
        mine.fill(summary="Permits are sold in two towns.")
        mine.press("Save")
        mine.look_at_refusal("conflict with oneself")
        mine.reads("Changed in another window of yours", "You changed this in both windows")
        mine.page.get_by_label("Keep what you wrote here").check()
        mine.go("Save again", "chosen")
        mine.reads("Permits are sold in two towns.")


def test_a_line_that_breaks_loses_nothing(site, chromium):
    with company(site, chromium, Album("offline")) as people:
        tirana = people[TIRANA]
        tirana.open(NEW, "new case")
        line = tirana.page.context
        line.set_offline(True)
        tirana.fill(title="Written without a line")
        said(tirana, "Not kept as a draft yet")
        tirana.look_at_refusal("not kept yet")
        tirana.page.get_by_role("button", name="Save as draft").click()
        said(tirana, "the form was not sent")
        tirana.look_at_refusal("not sent")
        assert field(tirana, "title").input_value() == "Written without a line"

        line.set_offline(False)
        said(tirana, "The connection is back")
        tirana.look_at_refusal("the connection is back")
        tirana.open(NEW, "restored after the line broke")
        tirana.reads("Restored what you typed and did not send.")
        assert field(tirana, "title").input_value() == "Written without a line"


def test_a_form_that_never_arrived_comes_back_and_one_that_was_taken_does_not(site, chromium):
    with company(site, chromium, Album("never-arrived")) as people:
        skopje = people[SKOPJE]
        skopje.open(NEW, "new case")
        skopje.fill(title="Sent into nowhere", summary="It never arrived.")
        skopje.tick(crime_types="Organised crime", handling="H0")
        # The line breaks while the form is under way: the browser does not know it beforehand.
        skopje.page.route("**/cases/new/", lambda route: route.abort("connectionreset"))
        skopje.page.get_by_role("button", name="Save as draft").click()
        skopje.page.wait_for_url("chrome-error://**")
        skopje.page.unroute("**/cases/new/")
        skopje.complaints.clear()
        skopje.open("/", "home after a form that never arrived")
        skopje.open(NEW, "never arrived")
        assert field(skopje, "summary").input_value() == "It never arrived."

        skopje.go("Save as draft", "taken")
        skopje.open(NEW, "empty again")
        assert field(skopje, "summary").input_value() == ""


def test_neither_another_window_nor_another_person_in_this_tab_meets_or_overwrites_a_draft(site, chromium):
    with company(site, chromium, Album("two-windows")) as people:
        registry = people[REGISTRY]
        registry.open(NEW, "new case")
        other = second_window(registry, NEW)
        registry.fill(title="First window")
        said(registry, "kept as a draft")
        other.locator("[name='title']").fill("Second window")
        other.locator("[data-said]").filter(has_text="Another window kept a draft").wait_for()
        registry.open(NEW, "the first window stands")
        assert field(registry, "title").input_value() == "First window"
        other.get_by_role("button", name="Keep what stands here instead").click()
        other.locator("[data-said]").filter(has_text="kept as a draft").wait_for()
        registry.open(NEW, "the second window was asked for")
        assert field(registry, "title").input_value() == "Second window"

        # She has typed what the server does not have; then somebody else signs in, in her tab.
        registry.page.context.set_offline(True)
        registry.fill(title="For the registry's eyes alone")
        said(registry, "Not kept as a draft yet")
        registry.page.context.clear_cookies()
        registry.page.context.set_offline(False)
        registry.fill(title="For the registry's eyes alone!")
        # Until the page knows, what it sends by itself could be refused at any later moment.
        said(registry, "You were signed out")
        registry.complaints.clear()
        registry.page.on("dialog", lambda dialog: dialog.accept())
        registry.sign_in(TIRANA)
        registry.open(NEW, "another person in this tab")
        assert field(registry, "title").input_value() != "For the registry's eyes alone"
        registry.reads_nothing_of("For the registry's eyes alone", "Second window")
        assert "registry's eyes" not in registry.page.evaluate("JSON.stringify(sessionStorage)")


def test_what_is_typed_outlives_the_sign_in(site, chromium):
    with company(site, chromium, Album("autosave")) as people:
        tirana = people[TIRANA]
        tirana.open(f"{NEW}?later", "new case")
        tirana.fill(title="Half a title")
        said(tirana, "kept as a draft")
        end_session(people, tirana)
        tirana.fill(summary="Typed after the sign-in had ended.")
        said(tirana, "You were signed out")
        tirana.look_at_refusal("signed out while writing")
        tirana.tick(crime_types="Organised crime")
        tirana.press("Save as draft")
        tirana.look_at_refusal("nothing is lost")
        assert not tirana.page.get_by_role("button", name="Send the form again").is_visible()
        tirana.press("Sign in again")
        tirana.fill(login=TIRANA, password=PASSWORD)
        tirana.press("Sign in")
        tirana.page.wait_for_url(re.compile(re.escape(NEW)))
        tirana.look("restored")
        assert field(tirana, "title").input_value() == "Half a title"
        assert field(tirana, "summary").input_value() == "Typed after the sign-in had ended."
        tirana.go("Save as draft", "saved")
        tirana.reads("Half a title", "Typed after the sign-in had ended.")
        tirana.open(f"{NEW}?later", "empty again")
        assert field(tirana, "title").input_value() == ""


def second_window(visitor: Visitor, path: str) -> Any:
    """Another tab of the same browser; looked at through the first one."""
    other = visitor.page.context.new_page()
    other.goto(visitor.site.address + path)
    return other


def send(page: Any, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def end_session(people: Company, visitor: Visitor) -> None:
    """The session of this window ends at the server, as after a night."""
    cookies = {cookie["name"]: cookie["value"] for cookie in visitor.page.context.cookies()}
    key = next(value for name, value in cookies.items() if "session" in name)
    people.site.run("shell", "-c", END.format(key=key))
