"""Answers when something is wrong: in the look of the house, with the request id, telling nothing; and on record."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit import events
from foundation.tenancy.choices import Role

pytestmark = pytest.mark.urls("tests.pages.urls")


def in_our_look(answer):
    page = answer.content.decode()
    return "WBCJ Coordination" in page and "base.css" in page and answer.headers["X-Request-ID"] in page


def recorded(house):
    tina = house.person("Tina", "EJ", Role.TECHNICAL_ADMINISTRATOR)
    with tina.acting() as actor:
        return events.newest(actor, before=None)


def test_a_page_that_is_not_there_is_404(ann, browser):
    answer = browser(ann).get("/no/such/page/")

    assert answer.status_code == 404
    assert in_our_look(answer)


def test_whoever_is_not_signed_in_reads_nothing_of_offices_on_a_page_that_is_not_there(client):
    answer = client.get("/no/such/page/")

    assert answer.status_code == 404
    assert "after signing in" in answer.content.decode()
    assert "acting for" not in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/no/such/page/", "/tests/shut/", "/account/login/", "/r/", "/health/live/"])
def test_no_answer_is_stored_by_a_browser(path, ann, browser):
    assert browser(ann).get(path)["Cache-Control"] == "no-store"


def test_what_one_may_not_do_is_403_and_on_record(ann, house, browser):
    answer = browser(ann).get("/tests/shut/")

    assert answer.status_code == 403
    assert in_our_look(answer)
    event = next(event for event in recorded(house) if event.verb == "tests.shut.asked")
    assert (event.outcome, event.membership) == ("forbidden", ann.membership.pk)


def test_what_one_does_not_see_is_404_and_on_record_with_the_key_asked_for(bob, house, meeting, browser):
    browser(bob).get(reverse("root", kwargs={"pk": meeting}))

    event = next(event for event in recorded(house) if event.verb == "home.address.followed")
    assert (event.outcome, event.membership, event.root) == ("not_found", bob.membership.pk, meeting)


def test_the_request_id_of_the_answer_stands_in_the_record(ann, house, meeting, browser):
    answer = browser(ann).get(reverse("root", kwargs={"pk": meeting}))

    event = next(event for event in recorded(house) if event.verb == "home.address.followed")
    assert event.request_id == answer.headers["X-Request-ID"]


def test_a_request_id_from_outside_is_not_taken(ann, browser):
    answer = browser(ann).get("/", headers={"X-Request-ID": "forged"})

    assert answer.headers["X-Request-ID"] != "forged"


def test_what_fails_is_500_and_tells_nothing(ann):
    browser = Client(raise_request_exception=False)
    browser.force_login(ann.account)

    answer = browser.get("/tests/broken/")

    assert answer.status_code == 500
    assert in_our_look(answer)
    assert "Kronos" not in answer.content.decode()


def test_a_body_that_is_too_long_is_413_and_not_read(ann, browser, settings):
    body = {"text": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}

    answer = browser(ann).post("/tests/note/", body)

    assert answer.status_code == 413
    assert in_our_look(answer)


def test_somebody_without_a_membership_reads_why(house, browser):
    ghost = house.person("Ghost", "AL")
    ghost.membership.ends_at = house.now
    ghost.membership.save(update_fields=["ends_at"])

    answer = browser(ghost).get("/")

    assert answer.status_code == 403
    assert "You act for nobody at present" in answer.content.decode()


def test_an_ended_choice_falls_back_to_the_membership_that_is_left(ann, house, browser):
    other = house.member(ann.account, "RS")
    hers = browser(ann)
    hers.post("/acting/", {"membership": str(other.membership.pk)})
    other.membership.ends_at = house.now
    other.membership.save(update_fields=["ends_at"])

    answer = hers.get("/", follow=True)

    assert answer.status_code == 200
    assert f"({ann.membership.authority.partner.name})" in answer.content.decode()


@pytest.mark.parametrize("chosen", ["", "nonsense", str(UUID(int=7)), "x" * 3000])
def test_nobody_acts_through_a_membership_that_is_not_ones_own(chosen, ann, browser):
    answer = browser(ann).post("/acting/", {"membership": chosen})

    assert answer.status_code == 409
    assert "You cannot act through that membership" in answer.content.decode()


def test_nobody_acts_through_the_membership_of_somebody_else(ann, bob, browser):
    assert browser(ann).post("/acting/", {"membership": str(bob.membership.pk)}).status_code == 409


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_switch_leads_to_no_other_house(address, ann, browser):
    answer = browser(ann).post("/acting/", {"membership": str(ann.membership.pk), "next": address})

    assert answer.headers["Location"] == "/"


def test_the_switch_as_a_page_offers_ones_own_memberships(ann, house, browser):
    other = house.member(ann.account, "RS")
    page = browser(ann).get("/acting/").content.decode()

    for person in (ann, other):
        assert str(person.membership.pk) in page
        assert person.membership.authority.partner.name in page
