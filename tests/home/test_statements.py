"""Accessibility and privacy: open to everybody, and true."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from wbcj.home.statements import cookies

STATEMENTS = ["accessibility", "privacy"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", STATEMENTS)
def test_everybody_reads_it_and_finds_it_at_the_foot_of_every_page(name, client):
    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert f'href="{reverse(name)}"' in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize("name", STATEMENTS)
def test_somebody_signed_in_reads_the_same(name, ann, browser, client):
    def words(page):
        return re.sub(r"\s+", " ", re.search(r"<main.*</main>", page.content.decode(), re.DOTALL).group())

    assert words(browser(ann).get(reverse(name))) == words(client.get(reverse(name)))


@pytest.mark.django_db
def test_the_operator_is_named_or_said_to_be_missing(client, settings):
    assert client.get(reverse("privacy")).content.decode().count("to be named by the operator") == 3

    settings.WBCJ_CONTROLLER = "Ministry of Examples"
    settings.WBCJ_CONTACT = "help@example.org"
    page = client.get(reverse("privacy")).content.decode()

    assert page.count("to be named by the operator") == 1
    assert "Ministry of Examples" in page
    assert "help@example.org" in page
    assert "help@example.org" in client.get(reverse("accessibility")).content.decode()


def test_the_cookies_that_are_set_are_the_cookies_that_are_named(ann, browser, settings):
    hers = browser(ann)
    hers.get("/")
    hers.cookies[settings.WBCJ_DEVICE_COOKIE] = "as the door sets it"
    hers.post(reverse("set_language"), {"language": "en", "next": "/"})
    form = hers.get(reverse("profile"))
    key = re.search(r'name="submission_key" value="([^"]+)"', form.content.decode()).group(1)
    sent = {"language": "en", "time_zone": "Europe/Belgrade", "submission_key": key}
    assert hers.post(reverse("profile"), sent).status_code == 302

    named = {cookie.name for cookie in cookies()}
    assert set(hers.cookies) == named
    page = hers.get(reverse("privacy")).content.decode()
    assert [name for name in named if name not in page] == []
