"""Every page of sign-in that has an address: our template, our words; and what the library has besides has no address."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.urls import urlpatterns as library
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticatorData, CollectedClientData

from foundation.tenancy.models import Account
from setup.sources import CHECKOUT
from tests.architecture.pages import routes
from tests.bed import sessions
from tests.bed.sides import as_owner
from tests.languages import reading
from tests.languages.conftest import catalogue, pseudo_locale
from tests.people import PASSWORD, House
from tests.sign_in.authenticator import SoftPasskey
from tests.sign_in.conftest import HOME, at, attempt, send_mails
from tests.sign_in.test_assurance import SECRET
from wbcj.sign_in import urls

__all__ = ["catalogue", "pseudo_locale"]

NAMES = {str(route.name) for route in urls.urlpatterns}
NO_PAGE = {"mfa_login_webauthn": "takes the answer of a passkey and leads on"}
NOT_SENT = {"account_logout", "mfa_deactivate_totp", "mfa_remove_webauthn", "devices"}
LINK = "account_reset_password_from_key"
OURS = str(CHECKOUT / "templates")
CASES = ["{}", "null", "[]", "7", '"x"', '{"id": "", "rawId": "", "type": "public-key", "response": {}}', "no json"]


def walk(patterns):
    """The names of the library's own pages."""
    for one in patterns:
        yield from walk(one.url_patterns) if hasattr(one, "url_patterns") else [one.name]


@pytest.fixture
def person(ana):
    """Ana with a passkey, an app and recovery codes."""
    TOTP.activate(ana.account, SECRET)
    browser = at(HOME)
    sessions.signed_in_fully(browser, ana.account)
    passkey = SoftPasskey()
    options = browser.get(reverse("mfa_add_webauthn")).context["js_data"]["creation_options"]
    browser.post(reverse("mfa_add_webauthn"), {"name": "Laptop", "credential": passkey.made(options)}, secure=True)
    ana.passkey = passkey
    return ana


@pytest.fixture
def browsers(person):
    """Somebody in every state of signing in, each with the pages that this state is for."""
    inside, between, new = at(HOME), at("192.0.2.2"), at("192.0.2.4")
    sessions.signed_in_fully(inside, person.account)
    attempt(between, person.account.email)
    attempt(new, House().person("Bea", "AL").account.email)
    return {"inside": inside, "between": between, "new": new, "outside": at("192.0.2.3")}


def addresses(person, mail):
    """The address of every page; of the link for a new password, one that works and one that does not."""
    key = {"pk": Authenticator.objects.get(user=person.account, type="webauthn").pk}
    at("192.0.2.9").post(reverse("account_reset_password"), {"email": person.account.email})
    send_mails()
    link = next(word for m in mail for word in m.body.split() if "/password/reset/key/" in word)
    for name in sorted(NAMES - {LINK}):
        try:
            yield name, reverse(name)
        except NoReverseMatch:
            yield name, reverse(name, kwargs=key)
    # At the end: whoever follows somebody else's link is signed out.
    yield LINK, reverse(LINK, kwargs={"uidb36": "zz", "key": "no-link"})
    yield LINK, link.removeprefix(settings.WBCJ_ADDRESS)


def visit(person, browsers, mail):
    """Every page in every state, asked for and sent empty and wrong: (name, answer)."""
    wrong = {
        "code": "000000",
        "password": "wrong",
        "login": "x@example.org",
        "oldpassword": "wrong",
        "credential": "{}",
    }
    wrong |= {"email": "no address", "password1": "short", "password2": "other", "name": "x" * 200}
    for name, address in addresses(person, mail):
        for browser in browsers.values():
            yield name, browser.get(address, follow=True)
            if name not in NOT_SENT:
                for form in ({}, wrong):
                    yield name, browser.post(address, form, follow=True)


def test_every_page_stands_on_templates_of_ours_and_says_no_word_of_the_library(
    person, browsers, mailoutbox, pseudo_locale
):
    with as_owner():
        Account.objects.filter(pk=person.account.pk).update(language=reading.LANGUAGE)
    for browser in browsers.values():
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = reading.LANGUAGE
    data = reading.values(
        ["Ana", "Bea", "Laptop", "Prosecution", "Partner AL", "Albania", person.account.email, "x" * 100, "x" * 200]
    )
    shown, strange, bare = set(), set(), {}
    for name, answer in visit(person, browsers, mailoutbox):
        assert answer.status_code in {200, 403, 404, 405, 422}, name
        strange |= {t.name for t in answer.templates if t.name and not t.origin.name.startswith(OURS)}
        shown |= {getattr(answer.resolver_match, "url_name", None)} if answer.status_code == 200 else set()
        for piece in reading.unmarked(answer.content.decode(), data):
            bare.setdefault(piece, set()).add(name)

    assert {t for t in strange if t.startswith(("account/", "mfa/", "allauth/", "usersessions/"))} == set()
    assert sorted(bare) == [], bare
    assert shown >= NAMES - NO_PAGE.keys()


def test_what_happened_is_said_in_our_words_too(person, browsers, pseudo_locale):
    inside = browsers["inside"]
    inside.cookies[settings.LANGUAGE_COOKIE_NAME] = reading.LANGUAGE
    key = {"pk": Authenticator.objects.get(user=person.account, type="webauthn").pk}
    new = "quite another long pass phrase"
    changed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    said = [
        inside.post(reverse("mfa_generate_recovery_codes"), follow=True),
        inside.post(reverse("account_change_password"), changed, follow=True),
        inside.post(reverse("mfa_edit_webauthn", kwargs=key), {"name": "Desk"}, follow=True),
        inside.post(reverse("mfa_remove_webauthn", kwargs=key), follow=True),
        inside.post(reverse("mfa_deactivate_totp"), follow=True),
        inside.post(reverse("account_logout"), follow=True),
        inside.post(reverse("account_login"), {"login": person.account.email, "password": new}, follow=True),
    ]
    data = reading.values(["Ana", "Laptop", "Desk", "Prosecution", "Partner AL", "Albania", person.account.email])
    codes = said[0].context["unused_codes"]

    assert [answer.status_code for answer in said] == [200] * 7
    assert len(codes) == 10
    assert [reading.unmarked(answer.content.decode(), [*data, *codes]) for answer in said] == [[]] * 7


def test_what_the_library_has_besides_has_no_address(ana):
    browser = Client()
    sessions.signed_in_fully(browser, ana.account)
    closed = set(walk(library)) - NAMES
    assert {"account_signup", "account_email", "mfa_download_recovery_codes", "usersessions_list"} <= closed

    named = {route.name for route in routes()}
    assert closed & named == set()
    for path in ("signup/", "email/", "inactive/", "confirm-email/", "password/set/", "2fa/recovery-codes/download/"):
        assert browser.get(f"/account/{path}").status_code == 404
        assert browser.post(f"/account/{path}").status_code == 404


@pytest.mark.parametrize("sent", CASES)
@pytest.mark.parametrize("name", ["mfa_login_webauthn", "mfa_authenticate", "mfa_reauthenticate_webauthn"])
def test_bytes_that_no_authenticator_made_are_a_wrong_passkey(name, sent, browsers):
    for browser in browsers.values():
        browser.get(reverse(name), headers={"X-Requested-With": "XMLHttpRequest"})
        answer = browser.post(reverse(name), {"credential": sent}, follow=True)
        assert answer.status_code == 200


def answered(extensions):
    """An answer that claims extensions, with these bytes in their place."""
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.ED
    client = CollectedClientData.create("webauthn.get", bytes(32), "https://testserver")
    about = bytes(32) + bytes([flags]) + bytes(4) + extensions
    response = {"clientDataJSON": client, "authenticatorData": about, "signature": b"x", "userHandle": b"x"}
    texts = {name: websafe_encode(value) for name, value in response.items()}
    return json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": texts})


HOSTILE = {
    "a number of too many digits": "7" * 5000,
    "too deep": "[" * 20_000 + "]" * 10_000,
    "half a letter": '"\\ud800"',
    "a letter of nothing": '{"id": "\\u0000"}',
    "bytes that end too early": answered(b"\xa1\x19"),
    "bytes that are too deep": answered(b"\x81" * 10_000),
}


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize(
    "name", ["mfa_login_webauthn", "mfa_authenticate", "mfa_reauthenticate_webauthn", "mfa_add_webauthn"]
)
def test_what_breaks_the_reading_of_a_passkey_is_a_wrong_passkey(name, sent, browsers):
    for browser in browsers.values():
        browser.get(reverse(name), headers={"X-Requested-With": "XMLHttpRequest"})
        answer = browser.post(reverse(name), {"credential": sent, "name": "Key"}, follow=True)
        assert answer.status_code == 200


def test_a_passkey_longer_than_any_device_makes_is_not_read(person):
    for more, opened in ((100, True), (40_000, False)):
        browser = at("192.0.2.7")
        options = json.loads(_options(browser))["request_options"]
        sent = person.passkey.signed(options) + " " * more
        browser.post(reverse("mfa_login_webauthn"), {"credential": sent}, secure=True)
        assert ("_auth_user_id" in browser.session) is opened


def test_a_passkey_opens_the_door_alone_and_a_stranger_s_does_not(person):
    for passkey, opened in (
        (person.passkey, True),
        (SoftPasskey(id=person.passkey.id, owner=person.passkey.owner), False),
    ):
        browser = at("192.0.2.7")
        options = json.loads(_options(browser))["request_options"]
        browser.post(reverse("mfa_login_webauthn"), {"credential": passkey.signed(options)}, secure=True)
        assert ("_auth_user_id" in browser.session) is opened


def _options(browser):
    asked = browser.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"}, secure=True)
    return asked.content


def test_a_wrong_passkey_is_said_where_one_can_try_again(person, browsers):
    address = reverse("mfa_reauthenticate_webauthn")
    answer = browsers["inside"].post(address, {"credential": "{}", "next": "/inbox/"}, follow=True)

    assert answer.redirect_chain[-1][0] == f"{address}?next=%2Finbox%2F"
    assert "This passkey does not open your account." in answer.content.decode()


def test_a_closed_account_is_told_so_with_the_right_password_alone(ana):
    with as_owner():
        Account.objects.filter(pk=ana.account.pk).update(is_active=False)
    wrong = attempt(at(HOME), ana.account.email, "wrong").content.decode()
    browser = at(HOME)
    right = browser.post(
        reverse("account_login"), {"login": ana.account.email, "password": PASSWORD}, follow=True
    ).content.decode()

    assert "_auth_user_id" not in browser.session
    assert ("This account is closed." in right, "This account is closed." in wrong) == (True, False)


def test_times_of_passkeys_are_in_the_person_s_own_zone(person, browsers):
    with as_owner():
        Account.objects.filter(pk=person.account.pk).update(time_zone="Asia/Tokyo")

    page = browsers["inside"].get(reverse("mfa_list_webauthn")).content.decode()

    assert "JST" in page
    assert "UTC" not in page
