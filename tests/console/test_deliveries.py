"""Mails in the console: counted, shown by keys, and sent again on purpose alone."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.access import Forbidden
from foundation.audit import events
from foundation.notifications.delivery import actions
from foundation.notifications.models import ENDED, Attempt, Delivery, Stage, State, Verdict
from foundation.tenancy.choices import Role


@pytest.fixture
def tina(house):
    """A technical administrator who may open the console."""
    return house.staff("Tina", "EJ", Role.TECHNICAL_ADMINISTRATOR)


@pytest.fixture
def in_state(ann):
    """A mail to Ann in some state, with one attempt."""

    def make(state):
        now = timezone.now()
        sending = {"leased_until": now, "token": uuid4()} if state == State.SENDING else {}
        row = Delivery.objects.create(
            key=f"notice:{uuid4()}",
            letter="notice",
            subject=uuid4(),
            account=ann.account.pk,
            membership=ann.membership.pk,
            due_at=now,
            created_at=now,
            state=state,
            attempts=1,
            ended_at=now if state in ENDED else None,
            **sending,
        )
        Attempt.objects.create(
            delivery=row, token=uuid4(), started_at=now, ended_at=now, stage=Stage.END, verdict=Verdict.AMBIGUOUS
        )
        return row

    return make


def test_every_state_has_its_number_and_its_rows(in_state, tina, browser):
    made = {state: in_state(state) for state in State}
    hers = browser(tina)

    page = hers.get(reverse("console_deliveries"))
    assert {one.state: one.count for one in page.context["standing"].numbers} == dict.fromkeys(State, 1)
    assert "Nobody knows whether these arrived" in page.content.decode()
    for state, row in made.items():
        shown = hers.get(reverse("console_deliveries") + f"?state={state}")
        assert [one.pk for one in shown.context["deliveries"]] == [row.pk]
    assert hers.get(reverse("console_deliveries") + "?state=nonsense").status_code == 404


def test_one_mail_shows_its_attempts_by_keys_and_numbers_alone(ann, in_state, tina, browser):
    row = in_state(State.AMBIGUOUS)

    page = browser(tina).get(reverse("console_delivery", kwargs={"delivery": row.pk})).content.decode()

    assert "ambiguous" in page
    assert "the final dot" in page
    assert ann.account.email not in page
    assert ann.account.full_name not in page.replace("Tina", "")


@pytest.mark.parametrize("state", State)
def test_only_a_mail_that_may_not_have_arrived_is_sent_again(state, in_state, tina, browser):
    row = in_state(state)
    hers, place = browser(tina), reverse("console_delivery", kwargs={"delivery": row.pk})

    answer = hers.post(place, {"submission_key": str(uuid4())})

    row.refresh_from_db()
    again = state in {State.AMBIGUOUS, State.REFUSED, State.FAILED}
    assert answer.status_code == (302 if again else 409)
    assert row.state == (State.WAITING if again else state)
    assert row.resent == (1 if state == State.AMBIGUOUS else 0)
    with tina.acting() as actor:
        told = [one for one in events.newest(actor, before=None) if one.verb == "notifications.delivery.sent_again"]
    assert [(one.membership, one.root) for one in told] == [(tina.membership.pk, row.pk)] * again


def test_the_button_pressed_twice_sends_once(in_state, tina, browser):
    row = in_state(State.AMBIGUOUS)
    hers, place = browser(tina), reverse("console_delivery", kwargs={"delivery": row.pk})
    sent = {"submission_key": str(uuid4())}

    assert [hers.post(place, sent).status_code for _time in range(2)] == [302, 302]
    row.refresh_from_db()
    assert row.resent == 1


def test_nobody_else_sends_again_or_looks(ann, in_state, browser):
    row = in_state(State.AMBIGUOUS)
    with ann.acting() as actor:
        with pytest.raises(Forbidden):
            actions.send_again(delivery_id=row.pk, by=actor, at=timezone.now())
        with pytest.raises(Forbidden):
            actions.send_given_up_again(by=actor, at=timezone.now())

    hers = browser(ann)
    assert hers.post(reverse("console_given_up"), {"submission_key": str(uuid4())}).status_code == 403
    assert hers.get(reverse("console_deliveries")).status_code == 403
    assert hers.get(reverse("console_delivery", kwargs={"delivery": row.pk})).status_code == 403


def test_a_mail_that_is_not_there_is_not_there(tina, browser):
    assert browser(tina).get(reverse("console_delivery", kwargs={"delivery": uuid4()})).status_code == 404


def test_all_that_was_given_up_goes_out_again_and_nothing_else(in_state, tina, browser):
    made = [in_state(state) for state in (State.FAILED, State.FAILED, State.AMBIGUOUS, State.REFUSED)]
    hers, place = browser(tina), reverse("console_given_up")
    assert "2 mails were given up" in hers.get(place).content.decode()

    sent = {"submission_key": str(uuid4())}
    assert [hers.post(place, sent).status_code for _time in range(2)] == [302, 302]

    with tina.acting() as actor:
        told = [one for one in events.newest(actor, before=None) if one.verb == "notifications.deliveries.sent_again"]
    assert [(one.membership, set(one.roots)) for one in told] == [
        (tina.membership.pk, {row.pk for row in made if row.state == State.FAILED})
    ]
    standing = sorted(Delivery.objects.values_list("state", flat=True))
    assert standing == ["ambiguous", "refused", "waiting", "waiting"]
    assert hers.post(place, {"submission_key": str(uuid4())}).status_code == 409


def test_the_head_of_every_page_tells_staff_of_how_many_nobody_knows(in_state, tina, ann, browser):
    in_state(State.AMBIGUOUS)

    badges = {entry["url"]: entry["badge"] for entry in browser(tina).get(reverse("console")).context["navigation"]}

    assert badges[reverse("console")] == "1"
    assert reverse("console") not in {e["url"] for e in browser(ann).get("/").context["navigation"]}
