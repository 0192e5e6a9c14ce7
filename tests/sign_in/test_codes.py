"""Codes of a second factor: whoever knows the password and guesses codes is stopped, and the person comes in all the while."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.urls import reverse

from foundation.audit.models import Event
from tests.bed.sides import as_owner
from tests.people import PASSWORD, House
from tests.sign_in.authenticator import SoftPasskey
from tests.sign_in.conftest import FRESH, HOME, STRANGER, at, attempt, send_mails, signed_in
from tests.sign_in.test_assurance import SECRET
from wbcj.caches import ForgivingRedis
from wbcj.sign_in import limits

WRONG = {"code of the app": "000000", "recovery code": "00000000"}
guessed = pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())


def now(step=0):
    """The code that the app shows, so many half minutes from now."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + step))


@pytest.fixture
def spare(ana):
    """Ana with an app; her recovery codes."""
    TOTP.activate(ana.account, SECRET)
    return RecoveryCodes.activate(ana.account).generate_codes()


def enter(browser, ana, code, password=PASSWORD):
    """Password, then the code."""
    attempt(browser, ana.account.email, password)
    return browser.post(reverse("mfa_authenticate"), {"code": code})


def guess(browser, ana, wrong, times):
    attempt(browser, ana.account.email)
    return [browser.post(reverse("mfa_authenticate"), {"code": wrong}).status_code for _ in range(times)]


def attack(ana, wrong, guesses=1000, networks=20):
    """A minute of somebody who knows the password, from so many networks."""
    return [answer for n in range(networks) for answer in guess(at(f"10.2.0.{n}"), ana, wrong, guesses // networks)]


@guessed
def test_a_thousand_wrong_codes_are_thirty_and_a_browser_that_was_used_before_comes_in(ana, spare, wrong):
    known = at(HOME)
    enter(known, ana, spare[0])
    known.post(reverse("account_logout"))

    answers = attack(ana, wrong)
    enter(known, ana, now())

    assert (answers.count(200), answers.count(429)) == (limits.CODES.attempts, 1000 - limits.CODES.attempts)
    assert signed_in(known)


def test_a_passkey_comes_in_from_anywhere_while_codes_are_guessed(ana, spare):
    passkey, first = SoftPasskey(), at(HOME)
    enter(first, ana, now())
    made = first.get(reverse("mfa_add_webauthn")).context["js_data"]["creation_options"]
    first.post(reverse("mfa_add_webauthn"), {"name": "Key", "credential": passkey.made(made)}, secure=True)
    attack(ana, "000000", guesses=200)

    fresh = at(FRESH)
    attempt(fresh, ana.account.email)
    asked = fresh.get(reverse("mfa_authenticate")).context["js_data"]["request_options"]
    fresh.post(reverse("mfa_authenticate"), {"credential": passkey.signed(asked)}, secure=True)

    assert signed_in(fresh)


@guessed
def test_the_person_is_told_once_and_a_new_password_opens_codes_in_any_browser(ana, spare, wrong, mailoutbox):
    attack(ana, wrong, guesses=200)
    fresh = at(FRESH)
    assert enter(fresh, ana, now()).status_code == 429
    send_mails()
    told = [m for m in mailoutbox if "guesses codes" in m.body]
    assert [m.to for m in told] == [[ana.account.email]]

    link = next(word for word in told[0].body.split() if "/password/reset/key/" in word)
    form = fresh.get("/account/" + link.partition("/account/")[2], follow=True).request["PATH_INFO"]
    new = "quite another long pass phrase"
    fresh.post(form, {"password1": new, "password2": new})
    enter(fresh, ana, now(1), password=new)

    assert signed_in(fresh)
    assert signed_in_stranger(ana) is False
    with as_owner():
        assert Event.objects.filter(verb="sign_in.codes.guessed", membership=ana.membership.pk).count() == 1


def signed_in_stranger(ana):
    """Does the password that was learned still lead anywhere?"""
    stranger = at(STRANGER)
    attempt(stranger, ana.account.email)
    return stranger.get(reverse("mfa_authenticate")).status_code == 200


def test_a_colleague_is_not_concerned(ana, spare):
    bea = House().person("Bea", "AL")
    TOTP.activate(bea.account, SECRET)
    attack(ana, "000000", guesses=200)

    fresh = at(FRESH)
    enter(fresh, bea, now())

    assert signed_in(fresh)


def test_a_known_browser_has_an_end_of_its_own_and_says_how_long(ana, spare):
    known = at(HOME)
    enter(known, ana, spare[0])
    known.post(reverse("account_logout"))

    answers = guess(known, ana, "000000", limits.DEVICE.attempts + 2)

    assert answers == [200] * limits.DEVICE.attempts + [429, 429]


def test_right_codes_are_never_counted(ana, spare):
    for code in spare:
        browser = at(FRESH)
        enter(browser, ana, code)
        assert signed_in(browser)


def test_codes_typed_inside_a_session_are_limited_for_that_session_alone(ana, spare):
    mine, other = at(HOME), at("192.0.2.2")
    enter(mine, ana, spare[0])
    enter(other, ana, spare[1])

    answers = [mine.post(reverse("mfa_reauthenticate"), {"code": "000000"}).status_code for _ in range(12)]

    assert answers == [200] * limits.SESSION.attempts + [429, 429]
    assert other.post(reverse("mfa_reauthenticate"), {"code": spare[2]}).status_code == 302


def test_the_present_password_cannot_be_guessed_inside_a_session(ana, spare):
    browser = at(HOME)
    enter(browser, ana, spare[0])
    new = {"password1": "quite another long pass phrase", "password2": "quite another long pass phrase"}

    answers = [
        browser.post(reverse("account_change_password"), {"oldpassword": f"wrong {n}", **new}).status_code
        for n in range(12)
    ]

    assert answers == [200] * limits.SESSION.attempts + [429, 429]


def test_a_recovery_code_opens_once_and_says_so_clearly_the_second_time(ana, spare):
    first, second = at(HOME), at("192.0.2.2")
    enter(first, ana, spare[0])
    refused = enter(second, ana, spare[0]).content.decode()

    assert (signed_in(first), signed_in(second)) == (True, False)
    assert "every code works once" in refused
    assert "9 are left" in first.get(reverse("mfa_index")).content.decode()


def test_whoever_used_a_recovery_code_is_told_by_mail(ana, spare, mailoutbox):
    enter(at(HOME), ana, spare[0])
    send_mails()

    assert [m.to for m in mailoutbox if "A recovery code opened your account" in m.body] == [[ana.account.email]]


def test_a_code_of_the_app_opens_once_for_as_long_as_the_clock_would_take_it(ana, spare):
    code = now()
    assert enter(at(HOME), ana, code).status_code == 302
    # The library's own mark lasts for half a minute, the code for three of them.
    cache.delete(f"allauth.mfa.totp.used?user={ana.account.pk}&code={code}")
    again = at("192.0.2.2")
    enter(again, ana, f"{code[:3]} {code[3:]}")

    assert not signed_in(again)


def test_codes_work_while_redis_is_away(ana, spare, monkeypatch):
    nowhere = ForgivingRedis("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 1}})
    monkeypatch.setattr("wbcj.sign_in.limits.cache", nowhere)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.cache", nowhere)

    browser = at(FRESH)
    enter(browser, ana, now())

    assert signed_in(browser)


def test_recovery_codes_are_shown_once(ana, spare):
    browser = at(HOME)
    enter(browser, ana, now())
    pages = [browser.get(reverse("mfa_view_recovery_codes")).content.decode() for _ in range(2)]

    assert [[code in page for code in spare] for page in pages] == [[True] * 10, [False] * 10]
    assert Authenticator.objects.filter(user=ana.account).count() == 2
