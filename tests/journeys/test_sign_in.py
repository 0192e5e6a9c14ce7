"""Second factors in a real browser, with an authenticator that the browser itself plays; seen at both widths."""

from __future__ import annotations

import time

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings

from tests.bed import databases
from tests.bed.site import running
from tests.journeys.visitor import Album, Visitor, company
from wbcj.demo.people import PASSWORD

pytestmark = pytest.mark.journey

LEJLA = "lejla.kapic@ba.wbcj.example"
TIRANA = "arben.kodra@al.wbcj.example"
LOST = "teuta.prifti@al.wbcj.example"
PERIOD = 30

GROW_OLD = """
from django.contrib.sessions.backends.cached_db import SessionStore
session = SessionStore({key!r})
for record in session["account_authentication_methods"]:
    record["at"] -= 3 * 3600
session.save()
"""


@pytest.fixture(scope="module")
def site():
    """A world of their own: what happens here to people and sessions is of no use to other journeys."""
    with running(databases.world_template()) as lent:
        yield lent


def look(visitor, what):
    """The page at both widths; every rule at the narrow one, where most is laid out anew."""
    before = visitor.page.viewport_size
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    visitor.page.screenshot(path=visitor.album.path(f"{what} wide"), full_page=True)
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), what
    visitor.page.set_viewport_size({"width": 360, "height": 800})
    visitor.look(what)
    visitor.page.set_viewport_size(before)


def authenticator(page):
    """A device with a finger that is always right."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )


def leave(visitor):
    """Close the browser and come back later: sessions end with it, passkeys stay in the device."""
    visitor.page.context.clear_cookies()


def grow_old(visitor):
    """Three hours pass since this session said who it is."""
    key = next(c["value"] for c in visitor.page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME)
    visitor.site.run("shell", "-c", GROW_OLD.format(key=key))


def make_real(site, email, real):
    """Give an invented person an address of their own, so that nothing is forgiven any more."""
    with psycopg.connect(site.environment["DATABASE_OWNER_URL"]) as connection:
        changed = connection.execute("UPDATE tenancy_account SET email = %s WHERE email = %s", (real, email))
        assert changed.rowcount == 1


def code(secret, step=0):
    """What an authenticator app shows for this key, so many half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + step))


def arrive(site, browser, album, called):
    """A window at the sign-in page, of nobody yet."""
    page = browser.new_context(viewport={"width": album.width, "height": 800}, locale="en-GB").new_page()
    page.set_default_timeout(60_000)
    visitor = Visitor(site, album, page, called)
    page.goto(f"{site.address}/account/login/")
    return visitor


def sign_in(visitor, email):
    """Address and password."""
    visitor.page.goto(f"{visitor.site.address}/account/login/")
    visitor.fill(login=email, password=PASSWORD)
    visitor.press("Sign in")


def test_whoever_must_have_a_second_factor_is_led_to_it_sets_up_codes_and_signs_in_with_them(site, chromium):
    email = "teuta@prosecution.example.org"
    make_real(site, LOST, email)
    her = arrive(site, chromium, Album("codes"), "teuta")
    sign_in(her, email)
    for path in ("/cases/", "/inbox/", "/"):
        her.page.goto(site.address + path)
        assert her.here == "/account/2fa/"
    her.page.goto(f"{site.address}/cases/")
    her.reads("a password alone is not enough")
    look(her, "led to enrol")

    her.press("Set up codes")
    look(her, "set up codes")
    secret = her.page.locator("#authenticator_secret").inner_text()
    her.fill(code="000000")
    her.press("Turn on codes")
    her.reads("This code is not right")
    look(her, "a wrong first code")
    assert her.page.locator("#authenticator_secret").inner_text() == secret
    her.fill(code=code(secret))
    her.press("Turn on codes")
    codes = her.page.locator("#recovery_codes").inner_text().split()
    assert len(codes) == 10
    look(her, "recovery codes")
    her.press("I have kept them: go on to where I was")
    assert her.here == "/cases/"
    her.page.goto(f"{site.address}/account/2fa/recovery-codes/")
    her.reads("10 codes are left")
    her.reads_nothing_of(*codes)

    leave(her)
    sign_in(her, email)
    assert her.here == "/account/2fa/authenticate/"
    look(her, "second factor")
    her.fill(code=code(secret, 1))
    her.press("Sign in with the code")
    assert her.here == "/"

    leave(her)
    sign_in(her, email)
    her.fill(code=codes[3])
    her.press("Sign in with the code")
    assert "9 are left" in her.page.locator(".messages").inner_text()
    look(her, "in with a recovery code")
    leave(her)
    sign_in(her, email)
    her.fill(code=codes[3])
    her.press("Sign in with the code")
    her.reads("every code works once")
    look(her, "a used recovery code")
    her.page.context.close()


def test_a_passkey_is_made_opens_the_door_alone_confirms_and_is_removed(site, chromium):
    with company(site, chromium, Album("passkey-360", width=360)) as people:
        her = people[LEJLA]
        authenticator(her.page)
        her.page.goto(f"{site.address}/account/2fa/")
        look(her, "second factor")
        her.press("Add a passkey")
        look(her, "add a passkey")
        her.fill(name="Office laptop")
        her.press("Create the passkey")
        assert len(her.page.locator("#recovery_codes").inner_text().split()) == 10
        leave(her)

        her.page.goto(f"{site.address}/account/login/")
        look(her, "sign in")
        with her.page.expect_navigation(url=f"{site.address}/"):
            her.page.locator("#passkey_login").click()
        her.look("home by passkey")

        grow_old(her)
        her.page.goto(f"{site.address}/account/2fa/webauthn/add/")
        her.press("Use a passkey")
        look(her, "confirm with a passkey")
        her.press("Confirm with your passkey")
        assert her.here == "/account/2fa/webauthn/add/"

        her.page.goto(f"{site.address}/account/2fa/webauthn/")
        her.reads("Office laptop")
        look(her, "passkeys")
        her.page.get_by_role("link", name="Remove Office laptop").click()
        her.page.wait_for_url("**/remove/")
        look(her, "remove the passkey")
        her.press("Remove the passkey")
        her.reads("There is no passkey yet.")

        leave(her)
        her.page.goto(f"{site.address}/account/login/")
        with her.page.expect_navigation(url=f"{site.address}/account/login/"):
            her.page.locator("#passkey_login").click()
        assert "This passkey does not open your account." in her.page.locator(".messages").inner_text()
        look(her, "a removed passkey")


def test_a_share_after_three_hours_asks_who_one_is_and_keeps_what_was_typed(site, chromium):
    with company(site, chromium, Album("step-up")) as people:
        he = people[TIRANA]
        he.page.goto(f"{site.address}/cases/")
        with he.page.expect_navigation():
            he.page.locator("main table a[href^='/cases/']").first.click()
        case = he.here.split("/")[2]
        he.page.goto(f"{site.address}/sharing/{case}/share/")
        he.choose(partner="North Macedonia")
        he.press("Go on")
        principal = he.page.locator("main [name='principal'] optgroup").last.locator("option").first
        he.page.locator("main [name='principal']").select_option(value=principal.get_attribute("value"))
        he.tick(level="View")
        he.fill(purpose="To compare routes.")
        grow_old(he)

        he.press("Go on to the last step")
        he.complaints.clear()  # the browser's own line about the answer 403
        he.reads("please confirm first that it is you")
        look(he, "asked who it is")
        with he.page.context.expect_page() as opened:
            he.page.get_by_role("link", name="Confirm that it is you").click()
        again = Visitor(site, he.album, opened.value, "arben")
        look(again, "is it you")
        again.fill(password="not my password")
        again.press("Confirm")
        again.reads("That is not your password.")
        look(again, "not the password")
        again.fill(password=PASSWORD)
        again.press("Confirm")
        he.press("Send the form again")
        he.reads("To compare routes.")
        look(he, "the form goes on")
        he.press("Share now")
        he.reads("To compare routes.")


def test_somebody_signs_out_everywhere_else(site, chromium):
    with company(site, chromium, Album("devices")) as people:
        here = people[TIRANA]
        there = arrive(site, chromium, here.album, "elsewhere")
        sign_in(there, TIRANA)
        assert there.here == "/"

        here.page.goto(f"{site.address}/account/sessions/")
        here.reads("Chrome on Linux", "this device")
        look(here, "devices")
        here.press("Sign out everywhere else")
        here.reads("You are signed in nowhere else.")
        there.page.goto(f"{site.address}/cases/")

        assert there.here.startswith("/account/login/")
        here.page.goto(f"{site.address}/account/password/change/")
        look(here, "change password")
        here.page.goto(f"{site.address}/account/password/reset/")
        look(here, "ask for a new password")
        there.page.context.close()
