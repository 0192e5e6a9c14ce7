"""Nothing typed is lost: two people at one case, and a sign-in that ends while somebody writes."""

from __future__ import annotations

import re

import pytest

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey

TIRANA = "arben.kodra@al.wbcj.example"
END = (
    "from django.contrib.sessions.models import Session; from django.core.cache import cache;"
    " Session.objects.all().delete(); cache.clear()"
)


@pytest.mark.parametrize("width", [1280, 360])
def test_two_windows_at_one_case_choose_field_by_field(site, chromium, width):
    album = Album(f"conflict-{width}", width=width)
    with company(site, chromium, album) as first, company(site, chromium, album) as second:
        mine, theirs = first[TIRANA], second[TIRANA]
        mine.open("/cases/new/", "new case")
        mine.fill(title="Forged permits", summary="Permits are printed in two towns.")
        mine.tick(crime_types="Organised crime", handling="H0")
        mine.go("Save as draft", "draft")
        edit = f"{mine.here}edit/"
        for visitor in (mine, theirs):
            visitor.open(edit, "edit")
        theirs.fill(summary="Permits are printed in three towns.")
        theirs.go("Save", "saved")
        mine.fill(summary="Permits are printed and sold in two towns.", title="Forged permits for lorries")
        mine.press("Save")
        mine.complaints.clear()
        mine.look("conflict")
        mine.reads("Permits are printed in two towns.", "Only you changed this", "You both changed this")
        own = mine.page.locator("textarea[name='summary']")
        own.fill("Permits are printed and sold in three towns.")
        mine.go("Save again", "merged")
        mine.reads("Forged permits for lorries", "Permits are printed and sold in three towns.")


def test_what_is_typed_outlives_the_sign_in(site, chromium):
    with company(site, chromium, Album("autosave")) as people:
        tirana = people[TIRANA]
        tirana.open("/cases/new/", "new case")
        tirana.fill(title="Half a title")
        said = tirana.page.locator("[data-said]")
        said.filter(has_text="kept as a draft").wait_for()
        site.run("shell", "-c", END)
        tirana.fill(summary="Typed after the sign-in had ended.")
        said.filter(has_text="You were signed out").wait_for()
        tirana.complaints.clear()
        tirana.look("signed out while writing")
        tirana.tick(crime_types="Organised crime")
        tirana.press("Save as draft")
        tirana.complaints.clear()
        tirana.look("nothing is lost")
        tirana.press("Sign in again; the form comes back with your text")
        tirana.fill(login=TIRANA, password="wbcj-demo-only-2026")
        tirana.press("Sign in")
        tirana.page.wait_for_url(re.compile("/cases/new/"))
        tirana.look("restored")
        assert tirana.page.locator("[name='title']").input_value() == "Half a title"
        assert tirana.page.locator("[name='summary']").input_value() == "Typed after the sign-in had ended."
        tirana.go("Save as draft", "saved")
        tirana.reads("Half a title", "Typed after the sign-in had ended.")
        tirana.open("/cases/new/", "empty again")
        assert tirana.page.locator("[name='title']").input_value() == ""
