"""Pages off the main way: the gallery and the statements, wide, narrow and without scripts, by every rule."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (360, True), (360, False)], ids=["wide", "narrow", "plain"]
)
def test_the_gallery_and_the_statements_hold_every_rule(width, scripts, site, chromium):
    with company(site, chromium, Album(f"look-{width}-{scripts}", width=width, scripts=scripts)) as people:
        administrator = people["pavel.horak@eurojust.wbcj.example"]
        administrator.open("/console/gallery/", "gallery")
        administrator.open("/accessibility/", "accessibility")
        administrator.open("/privacy/", "privacy")


def test_a_choice_brings_its_fields_with_it(site, chromium):
    with company(site, chromium, Album("choices", width=360)) as people:
        # Nobody of another journey: what is chosen here is kept as a draft.
        sarajevo = people["amra.softic@ba.wbcj.example"]
        sarajevo.open("/cases/new/", "new case")
        other = sarajevo.page.locator("[name=handling_text]")
        assert not other.is_visible()

        sarajevo.page.locator("[name=handling][value=H3]").check()

        assert other.is_visible()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)], ids=["wide", "plain"])
def test_what_one_is_told_and_how_holds_every_rule(width, scripts, site, chromium):
    with company(site, chromium, Album(f"told-{width}-{scripts}", width=width, scripts=scripts)) as people:
        sarajevo = people["amra.softic@ba.wbcj.example"]
        sarajevo.open("/inbox/", "inbox")
        sarajevo.open("/inbox/preferences/", "notices and e-mail")
        sarajevo.open("/inbox/calendar/", "calendar")
        administrator = people["pavel.horak@eurojust.wbcj.example"]
        administrator.open("/console/deliveries/", "mails")
