"""What somebody reads when something went wrong, in the pseudo-locale: error pages, the kept form, and the mail of a new password."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import reverse

from foundation.tenancy.choices import Role
from foundation.tenancy.models import Partner
from tests.bed import sessions
from tests.languages import reading
from tests.people import PASSWORD, House, Person
from tests.sign_in.conftest import send_mails

pytestmark = [pytest.mark.usefixtures("db", "pseudo_locale"), pytest.mark.urls("tests.pages.urls")]
TYPED = "Words of a person"


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def ann(house: House) -> Person:
    ann = house.person("Ann", "AL", Role.PARTNER_ADMINISTRATOR)
    ann.account.language = reading.LANGUAGE
    ann.account.save(update_fields=["language"])
    return ann


def speaking(**options: Any) -> Client:
    return Client(raise_request_exception=False, headers={"Accept-Language": reading.LANGUAGE}, **options)


def signed_in(person: Person, **options: Any) -> Client:
    browser = speaking(**options)
    browser.force_login(person.account)
    return browser


def bare(answer: Any, *people: Person) -> list[str]:
    """What the page says outside the brackets that is no word of these people."""
    page = answer.content.decode()
    assert f'<html lang="{reading.LANGUAGE}"' in page
    names = {TYPED, "Not for you.", "Kosovo"}
    for person in people:
        names |= set(Partner.objects.values_list("name", flat=True))
        authority = person.membership.authority
        names |= {person.account.full_name, person.account.email, authority.name, authority.partner.name}
    return reading.unmarked(page, reading.values(names))


def too_often(browser: Client) -> Any:
    for _time in range(12):
        answer = browser.post(reverse("account_reauthenticate"), {"password": "wrong"})
    return answer


ANSWERS: dict[int, Callable[[Client], Any]] = {
    400: lambda browser: browser.get("/", headers={"Host": "evil.example"}),
    403: lambda browser: browser.get("/tests/shut/"),
    404: lambda browser: browser.get("/no/such/page/"),
    413: lambda browser: browser.post("/tests/note/", {"text": "x" * 11_000_000}),
    429: too_often,
    500: lambda browser: browser.get("/tests/broken/"),
}


@pytest.mark.parametrize("status", sorted(ANSWERS))
def test_an_error_page(status: int, ann: Person) -> None:
    answer = ANSWERS[status](signed_in(ann))

    assert answer.status_code == status
    assert bare(answer, ann) == []


def stranger(ann: Person) -> Client:
    return speaking()


def without_factor(ann: Person) -> Client:
    browser = speaking()
    sessions.by_account_alone(browser, ann.account)
    return browser


def long_signed_in(ann: Person) -> Client:
    browser = signed_in(ann)
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - 3600}]
    session.save()
    return browser


def elsewhere(ann: Person) -> Client:
    browser = signed_in(ann)
    other = House().member(ann.account, "RS")
    browser.post("/acting/", {"membership": str(other.membership.pk)})
    return browser


def without_token(ann: Person) -> Client:
    return signed_in(ann, enforce_csrf_checks=True)


WHYS = {
    "signed_out": stranger,
    "second_factor": without_factor,
    "step_up": long_signed_in,
    "other_membership": elsewhere,
    "expired": without_token,
    "foreign": without_token,
}


@pytest.mark.parametrize("why", sorted(WHYS))
def test_the_page_of_a_form_that_was_not_taken(why: str, ann: Person) -> None:
    browser = WHYS[why](ann)
    sent = {"full_name": TYPED, "text_of_chance": TYPED, "password": "secret", "submission_key": str(uuid4())}
    invite = reverse("membership_invite", kwargs={"pk": ann.membership.authority_id})
    # For the other office she is a prosecutor.
    address = reverse("case_create") if why == "other_membership" else invite
    origin = "https://evil.example" if why == "foreign" else "http://testserver"

    answer = browser.post(address, {**sent, "acting": str(ann.membership.pk)}, headers={"Origin": origin})

    assert (answer.status_code, answer.context["why"]) == (403, why)
    assert TYPED in answer.content.decode()
    assert bare(answer, ann) == []


@pytest.mark.parametrize("known", [True, False], ids=["somebody", "nobody"])
def test_the_mail_of_a_new_password(known: bool, ann: Person) -> None:
    address = ann.account.email if known else "nobody@prosecution.example"

    speaking().post(reverse("account_reset_password"), {"email": address})
    send_mails()

    names = reading.values({address, ann.account.full_name, "Kosovo"})
    said = [piece for one in mail.outbox for piece in (one.subject, one.body)]
    assert len(mail.outbox) == int(known)
    assert all("\u27e6" in piece for piece in said)
    assert reading.unmarked_in(said, names) == []
    assert PASSWORD not in str(said)
