"""Form pages: one effect, nothing typed is lost, every refusal on record."""

from __future__ import annotations

import re
import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from foundation.audit import events
from foundation.notifications.models import Notice
from foundation.tenancy.choices import Role
from tests.people import House

pytestmark = pytest.mark.urls("tests.pages.urls")
NOTE = "/tests/note/"


def filled(text="What I typed", **other):
    return {"text": text, "version": "1", "submission_key": str(uuid4()), **other}


def written(person):
    with person.acting() as actor:
        return [notice.kind for notice in Notice.objects.visible_to(actor)]


def outcomes(house, verb):
    """What the record says of this verb, newest first."""
    tina = house.person("Tina", "EJ", Role.TECHNICAL_ADMINISTRATOR)
    with tina.acting() as actor:
        return [event for event in events.newest(actor, before=None) if event.verb == verb]


def test_the_form_carries_its_key_and_the_membership_it_was_written_for(ann, browser):
    page = browser(ann).get(NOTE).content.decode()

    assert re.search(r'name="submission_key" value="[0-9a-f-]{36}"', page)
    assert f'name="acting" value="{ann.membership.pk}"' in page


def test_a_form_sent_twice_has_one_effect_and_leads_to_the_same_place(ann, browser):
    hers, form = browser(ann), filled()

    answers = [hers.post(NOTE, form) for _time in range(2)]

    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(302, "/inbox/")] * 2
    assert len(written(ann)) == 1


def test_the_key_of_somebody_else_is_not_ones_own(ann, bob, browser):
    form = filled()
    browser(ann).post(NOTE, form)

    browser(bob).post(NOTE, form)

    assert len(written(bob)) == 1


@pytest.mark.commits
def test_the_same_form_sent_twice_at_once_has_one_effect():
    ann = House().person("Ann", "AL")
    form, answers, start = filled(), [], threading.Barrier(2)
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(ann.account)

    def send(browser):
        start.wait(timeout=10)
        try:
            answers.append(browser.post(NOTE, form))
        finally:
            connection.close()

    senders = [threading.Thread(target=send, args=[browser]) for browser in browsers]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(timeout=30)

    assert [answer.headers.get("Location") for answer in answers] == ["/inbox/"] * 2
    assert len(written(ann)) == 1


@pytest.mark.parametrize("key", [None, "", "nonsense", "x" * 5000])
def test_a_form_without_its_key_changes_nothing_and_comes_back_filled(key, ann, browser):
    form = filled()
    form.pop("submission_key")
    if key is not None:
        form["submission_key"] = key

    answer = browser(ann).post(NOTE, form)

    assert answer.status_code == 422
    assert "What I typed" in answer.content.decode()
    assert written(ann) == []


@pytest.mark.parametrize(
    "change", [{"text": ""}, {"text": "x" * 41}, {"text": "\x00"}, {"version": ""}, {"version": "0"}]
)
def test_what_does_not_fit_comes_back_with_what_was_typed(change, ann, browser):
    answer = browser(ann).post(NOTE, filled(**{"text": "Kept", **change}))

    assert answer.status_code == 422
    assert "Nothing was saved yet" in answer.content.decode()
    assert written(ann) == []


def test_a_refusal_comes_back_with_the_reason_and_is_on_record(ann, house, browser):
    answer = browser(ann).post(NOTE, filled("refused"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This is not possible now." in page
    assert ">\nrefused</textarea>" in page or "refused</textarea>" in page
    assert [event.outcome for event in outcomes(house, "tests.note.asked")] == ["conflict"]


def test_what_somebody_else_did_at_the_same_moment_is_a_refusal_and_no_failure(ann, browser):
    browser(ann).post(NOTE, filled("taken"))

    answer = browser(ann).post(NOTE, filled("taken"))

    assert answer.status_code == 409
    assert "Somebody did the same at the same moment." in answer.content.decode()
    assert len(written(ann)) == 1


def test_a_stale_form_shows_both_texts_and_can_be_sent_over_theirs(ann, house, browser):
    answer = browser(ann).post(NOTE, filled("stale"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "stale</textarea>" in page
    assert re.search(r'name="version" value="7"', page)
    assert [event.outcome for event in outcomes(house, "tests.note.asked")] == ["stale"]


def test_a_form_whose_token_expired_shows_what_was_typed(ann):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann.account)

    answer = browser.post(NOTE, filled(password="correct horse"))

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "What I typed" in page
    assert "correct horse" not in page
    assert written(ann) == []


def test_a_form_sent_after_the_sign_in_ended_shows_what_was_typed(client, db):
    answer = client.post(NOTE, filled())

    assert answer.status_code == 403
    assert "What I typed" in answer.content.decode()
    assert "Sign in again" in answer.content.decode()


def test_a_form_written_for_another_membership_is_kept_and_stays_for_it(ann, house, browser):
    other = house.member(ann.account, "RS")
    hers = browser(ann)
    hers.post("/acting/", {"membership": str(other.membership.pk)})

    answer = hers.post(NOTE, filled(acting=str(ann.membership.pk)))

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "What I typed" in page
    assert f'name="acting" value="{ann.membership.pk}"' in page
    assert written(ann) == written(other) == []
    assert [event.outcome for event in outcomes(house, "tests.note.asked")] == ["conflict"]


def test_the_form_kept_for_the_other_membership_is_taken_after_switching_back(ann, house, browser):
    other = house.member(ann.account, "RS")
    hers, form = browser(ann), filled(acting=str(ann.membership.pk))
    hers.post("/acting/", {"membership": str(other.membership.pk)})
    hers.post(NOTE, form)
    hers.post("/acting/", {"membership": str(ann.membership.pk)})

    assert hers.post(NOTE, form).status_code == 302
    assert len(written(ann)) == 1
