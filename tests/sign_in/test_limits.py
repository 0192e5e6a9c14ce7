"""Whoever guesses is slowed down; the person whose account it is comes in all the while."""

import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tests.sign_in.conftest import FRESH, HOME, STRANGER, at, attempt, send_mails, signed_in
from wbcj.caches import ForgivingRedis
from wbcj.sign_in import limits
from wbcj.sign_in.forms import LINK_SECONDS

WRONG = "not the password of anybody"


def guess(browser, email, times):
    return [attempt(browser, email, WRONG).status_code for _ in range(times)]


def test_a_thousand_wrong_attempts_do_not_keep_the_person_out(ana):
    known, email = at(HOME), ana.account.email
    attempt(known, email)
    known.post(reverse("account_logout"))
    stranger = at(STRANGER)

    answers = guess(stranger, email, 1000)
    attempt(known, email)
    fresh = at(FRESH)
    attempt(fresh, email)

    assert answers.count(200) == limits.PAIR.attempts
    assert answers.count(429) == 1000 - limits.PAIR.attempts
    assert signed_in(known)
    assert signed_in(fresh)


def test_a_thousand_wrong_attempts_from_a_thousand_networks_neither(ana):
    email = ana.account.email
    for number in range(1000):
        attempt(at(f"10.1.{number // 250}.{number % 250}"), email, WRONG)

    fresh = at(FRESH)
    guess(fresh, email, limits.PAIR_UNDER_ATTACK - 1)
    attempt(fresh, email)

    assert signed_in(fresh)
    assert guess(at("203.0.113.10"), email, 5) == [200] * limits.PAIR_UNDER_ATTACK + [429, 429]


def test_a_known_browser_comes_in_from_the_very_network_of_the_attack(ana):
    known = at(STRANGER)
    attempt(known, ana.account.email)
    known.post(reverse("account_logout"))
    guess(at(STRANGER), ana.account.email, 50)

    attempt(known, ana.account.email)

    assert signed_in(known)


def test_the_stranger_is_refused_even_with_the_right_password_and_told_how_long(ana):
    stranger = at(STRANGER)
    guess(stranger, ana.account.email, limits.PAIR.attempts)

    answer = attempt(stranger, ana.account.email)

    assert (answer.status_code, signed_in(stranger)) == (429, False)
    assert 0 < int(answer.headers["Retry-After"]) <= limits.QUARTER
    assert "minute" in answer.content.decode()


def test_an_unknown_address_meets_the_same_limits(ana):
    known, unknown = (
        guess(at(f"192.0.2.{n}"), email, 12) for n, email in ((5, ana.account.email), (6, "no@example.org"))
    )

    assert known == unknown


def test_right_passwords_are_never_counted(ana):
    browser = at(FRESH)
    for _ in range(limits.PAIR.attempts + 5):
        attempt(browser, ana.account.email)
        browser.cookies.clear()

    attempt(browser, ana.account.email)

    assert signed_in(browser)


def test_one_network_cannot_try_everybody(db):
    answers = [
        attempt(at(STRANGER), f"person{n}@example.org", WRONG).status_code for n in range(limits.NETWORK.attempts + 3)
    ]

    assert answers[-4:] == [200, 429, 429, 429]


def test_a_cookie_made_by_somebody_else_is_no_known_device(ana, settings):
    stranger = at(STRANGER)
    stranger.cookies[settings.WBCJ_DEVICE_COOKIE] = "WyJhIixbXV0:forged:signature"

    assert guess(stranger, ana.account.email, 11)[-1] == 429


def test_a_known_device_of_one_person_is_a_stranger_to_another(ana, db):
    browser = at(STRANGER)
    attempt(browser, ana.account.email)
    browser.post(reverse("account_logout"))

    assert guess(browser, "bojan@example.org", 11)[-1] == 429


@pytest.mark.parametrize("away", [True, False], ids=["away", "emptied"])
def test_sign_in_works_when_redis_is_away_or_was_emptied(ana, away, settings, monkeypatch):
    guess(at(FRESH), ana.account.email, 12)
    if away:
        nowhere = ForgivingRedis("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 1}})
        monkeypatch.setattr("wbcj.sign_in.limits.cache", nowhere)
    else:
        cache.key_prefix += "-emptied"

    browser = at(FRESH)
    attempt(browser, ana.account.email)

    assert signed_in(browser)


@pytest.mark.parametrize("who", ["person", "nobody"])
def test_asking_for_a_link_takes_a_tenth_of_a_second_whoever_is_asked_for(who, ana):
    email = ana.account.email if who == "person" else "nobody@example.org"
    for number in range(4):
        began = time.monotonic()
        at(f"192.0.2.{number}").post(reverse("account_reset_password"), {"email": email})
        assert time.monotonic() - began >= LINK_SECONDS


@pytest.mark.parametrize("who", ["person", "nobody"])
def test_a_link_is_mailed_three_times_an_hour_and_the_page_says_the_same_each_time(who, ana):
    email = ana.account.email if who == "person" else "nobody@example.org"
    answers = [at(f"192.0.2.{n}").post(reverse("account_reset_password"), {"email": email}) for n in range(8)]
    send_mails()

    links = [m for m in mail.outbox if "/account/password/reset/key/" in m.body]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, reverse("account_reset_password_done"))}
    assert len(links) == (3 if who == "person" else 0)
