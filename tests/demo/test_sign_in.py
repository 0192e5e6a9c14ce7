"""Whoever knows the demo's passwords, and that is everybody, gets in nowhere but in the demo."""

import pytest
from django.test import Client
from django.urls import reverse

from foundation.tenancy.models import Account

pytestmark = pytest.mark.django_db

PASSWORD = "a password that everybody can read"


@pytest.fixture
def invented():
    return Account.objects.create_account(email="Arben.Kodra@AL.WBCJ.example", full_name="Arben", password=PASSWORD)


@pytest.fixture
def real():
    return Account.objects.create_account(email="ana@prosecution.example.org", full_name="Ana", password=PASSWORD)


def sign_in(email):
    browser = Client()
    browser.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return browser


def signed_in(browser):
    return "_auth_user_id" in browser.session


def test_an_invented_person_signs_in_to_the_demo(settings, invented):
    settings.WBCJ_DEMO = True

    assert signed_in(sign_in(invented.email))


def test_an_invented_person_signs_in_nowhere_else(settings, invented):
    settings.WBCJ_DEMO = False

    assert not signed_in(sign_in(invented.email))


def test_the_answer_is_that_of_a_wrong_password(settings, invented):
    settings.WBCJ_DEMO = False
    answers = [
        Client().post(reverse("account_login"), {"login": invented.email, "password": password})
        for password in (PASSWORD, "some other password")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].context["form"].errors == answers[1].context["form"].errors != {}


def test_a_real_person_signs_in_outside_the_demo(settings, real):
    settings.WBCJ_DEMO = False

    assert signed_in(sign_in(real.email))


def test_a_session_from_the_demo_ends_with_the_demo(settings, invented):
    settings.WBCJ_DEMO = True
    browser = sign_in(invented.email)
    settings.WBCJ_DEMO = False

    answer = browser.get(reverse("home"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
