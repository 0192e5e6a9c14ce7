"""Second factors in a real browser, with an authenticator that the browser itself plays."""

from __future__ import annotations

import pytest

from tests.journeys.visitor import Album, company

pytestmark = pytest.mark.journey

# Nobody of another journey: whoever has a passkey is asked for it from then on.
LEJLA = "lejla.kapic@ba.wbcj.example"


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


def test_a_passkey_is_made_and_opens_the_door_alone(site, chromium):
    with company(site, chromium, Album("passkey-360", width=360)) as people:
        her = people[LEJLA]
        authenticator(her.page)
        her.open("/account/2fa/", "second factor")
        her.go("Add a passkey", "add a passkey")
        her.fill(name="Office laptop")
        her.go("Create the passkey", "recovery codes")
        assert len(her.page.locator("#recovery_codes").inner_text().split()) == 10
        her.open("/account/2fa/webauthn/", "passkeys")
        her.reads("Office laptop")
        her.open("/account/sessions/", "devices")
        her.reads("Chrome on Linux", "this device")
        leave(her)

        her.page.goto(f"{site.address}/account/login/")
        her.look("sign in")
        with her.page.expect_navigation(url=f"{site.address}/"):
            her.page.locator("#passkey_login").click()
        her.look("home by passkey")
