"""Deliveries to a real receiver: signed, tried again under the same id, and never more than the system may know."""

import json
import time
from datetime import timedelta

import pytest

from foundation import access
from foundation.access.models import Share
from foundation.notifications.models import Delivery as Mail
from foundation.notifications.models import Notice
from foundation.webhooks import actions, post, rows, sending
from foundation.webhooks.models import Delivery, Standing
from tests.bed.sides import as_owner
from tests.webhooks.recipe import verified


@pytest.fixture
def made(world, receiver):
    """A webhook to the receiver, with its secret."""
    world.url = receiver.url
    return world.subscribe("case.changed")


@pytest.fixture
def subscription(made):
    return made.subscription


def deliver(world, subscription, **age):
    world.later(subscription, **age)
    return post.deliver_due()


def test_a_delivery_carries_a_signature_that_the_recipe_of_the_guide_verifies(world, receiver, made):
    root = world.root()
    delivery = world.told_of(made.subscription, root)

    post.deliver_due()

    (one,) = receiver.taken
    said = verified(made.secret, one.headers, one.body)
    assert said["type"] == "case.changed"
    assert said["data"] == {"id": str(root), "kind": "case", "url": said["data"]["url"]}
    assert said["data"]["url"].endswith(f"/api/v1/cases/{root}")
    assert said["timestamp"].endswith("+00:00")
    assert one.path == "/told?of=cases"
    assert one.headers["content-type"] == "application/json"
    assert one.headers["webhook-id"] == delivery.message_id
    assert b"Forged" not in one.body
    assert (world.fresh(delivery).state, world.attempts(delivery)) == ("sent", [("sent", 204, "")])
    assert world.fresh(made.subscription).sent_at is not None


def test_a_signature_holds_for_these_bytes_this_secret_and_this_time_alone(world, receiver, made):
    world.test(made.subscription)
    post.deliver_due()
    (one,) = receiver.taken
    for wrong in (
        (made.secret, one.headers, one.body + b" "),
        ("whsec_" + "A" * 43 + "=", one.headers, one.body),
        (made.secret, {**one.headers, "webhook-id": "msg_other"}, one.body),
        (made.secret, {**one.headers, "webhook-timestamp": str(int(time.time()) - 400)}, one.body),
    ):
        with pytest.raises(ValueError, match=r"secret|old"):
            verified(*wrong)


def test_during_an_overlap_either_secret_verifies_and_afterwards_the_new_one_alone(world, receiver, made):
    new = world.do(actions.rotate, made.subscription, overlap=timedelta(days=1))
    world.test(made.subscription)
    post.deliver_due()
    with as_owner():
        type(made.subscription).objects.filter(pk=made.subscription.pk).update(
            former_until=world.now - timedelta(minutes=1)
        )
    world.test(made.subscription)
    post.deliver_due()

    during, after = receiver.taken
    assert verified(made.secret, during.headers, during.body) == verified(new.secret, during.headers, during.body)
    assert verified(new.secret, after.headers, after.body)["type"] == "test.sent"
    with pytest.raises(ValueError, match="not signed"):
        verified(made.secret, after.headers, after.body)


# --- What may be told ------------------------------------------------------------------------------------------------------------


def test_who_lost_sight_meanwhile_gets_nothing(world, receiver, subscription):
    root = world.root()
    delivery = world.told_of(subscription, root)
    with world.paul.acting() as actor:
        share = Share.objects.visible_to(actor).get(root_id=root, principal=world.register.membership.group_id)
        access.revoke(by=actor, share_id=share.pk)

    post.deliver_due()

    assert receiver.lines == 0
    assert (world.fresh(delivery).state, delivery.outcome) == ("dropped", "not visible any more")
    assert world.fresh(subscription).standing is Standing.ACTIVE


def test_a_row_for_few_is_told_to_them_alone(world, receiver, subscription):
    root = world.root()
    for_others = world.told_of(subscription, root, audience=world.olga.membership.group_id)
    for_us = world.told_of(subscription, root, audience=world.register.membership.group_id)

    post.deliver_due()

    assert world.fresh(for_others).state == "dropped"
    assert receiver.ids() == [for_us.message_id]


def test_a_system_that_has_ended_gets_nothing(world, receiver, subscription):
    delivery = world.test(subscription)
    world.end(world.register.membership)

    post.deliver_due()

    assert receiver.lines == 0
    assert world.fresh(delivery).outcome == "system has ended"


def test_a_deactivated_system_and_one_sent_again_later_are_asked_anew(world, receiver, subscription):
    root = world.root(shown=False)
    delivery = world.told_of(subscription, root)
    post.deliver_due()
    with world.ann.acting() as actor:
        actions.send_again(by=actor, at=world.now, delivery_id=delivery.pk)

    post.deliver_due()

    assert receiver.lines == 0
    assert world.fresh(delivery).state == "dropped"


# --- Receivers on bad days -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 503, 404, 429, 301, 307, 199])
def test_anything_but_2xx_is_tried_again_under_the_same_id_with_the_same_body(world, receiver, subscription, status):
    receiver.statuses, receiver.answer_headers = (
        [status, 200],
        {"Location": f"https://127.0.0.1:{receiver.port}/elsewhere"},
    )
    delivery = world.test(subscription)

    post.deliver_due()

    assert world.fresh(delivery).state == "waiting"
    assert timedelta(seconds=4) < delivery.due_at - world.now
    assert deliver(world, subscription) == 1
    first, second = receiver.taken
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert {one.path for one in receiver.taken} == {"/told?of=cases"}
    assert world.attempts(delivery) == [("refused", status, ""), ("sent", 200, "")]


def test_a_line_that_breaks_after_the_request_is_tried_again_under_the_same_id(world, receiver, subscription):
    receiver.drop = True
    delivery = world.test(subscription)
    post.deliver_due()
    receiver.drop = False
    deliver(world, subscription)

    assert receiver.ids() == [delivery.message_id] * 2
    assert [verdict for verdict, _status, _cause in world.attempts(delivery)] == ["unanswered", "sent"]


@pytest.mark.parametrize("way", ["hang", "drip"])
def test_a_receiver_that_takes_its_time_is_hung_up_on_after_ten_seconds_in_all(receiver, way):
    setattr(receiver, way, True)
    began = time.monotonic()
    answer = sending.post(receiver.url, headers={"webhook-id": "msg_1"}, body=b"{}", seconds=1.0)
    assert time.monotonic() - began < 3
    assert (answer.verdict, answer.cause) == ("unanswered", "TimeoutError")
    assert sending.WHOLE == 10


def test_of_an_endless_answer_little_is_read_and_the_number_counts(receiver):
    receiver.body = b"x" * 20_000_000
    began = time.monotonic()
    answer = sending.post(receiver.url, headers={"webhook-id": "msg_1"}, body=b"{}")
    assert (answer.verdict, answer.status) == ("sent", 204)
    receiver.statuses, receiver.answer_headers = [200], {"Content-Length": "20000000"}
    assert sending.post(receiver.url, headers={"webhook-id": "msg_1"}, body=b"{}").status == 200
    assert time.monotonic() - began < 10


def test_nobody_listens(world, subscription, receiver):
    world.do(actions.end, subscription)
    away = world.subscribe(url="https://127.0.0.1:9/told").subscription
    delivery = world.test(away)
    post.deliver_due()
    assert world.attempts(delivery) == [("not_sent", None, "ConnectionRefusedError")]


def test_gone_ends_the_subscription_for_ever_and_tells_the_administrators(world, receiver, subscription):
    receiver.statuses = [410]
    delivery = world.test(subscription)
    waits = world.told_of(subscription, world.root(), due_at=world.now + timedelta(hours=1))

    post.deliver_due()

    assert world.fresh(subscription).standing is Standing.GONE
    assert (world.fresh(delivery).state, world.fresh(waits).state) == ("failed", "dropped")
    assert told() == [("systems.webhook.gone", world.ann.membership.pk)]
    with pytest.raises(actions.UnableToChange):
        world.do(actions.resume, subscription)


def told():
    """Lines of inboxes, and that each has a mail."""
    with as_owner():
        lines = list(Notice.objects.values_list("kind", "membership_id"))
    assert Mail.objects.count() == len(lines)
    return lines


def test_a_receiver_that_fails_for_three_days_is_switched_off_and_may_be_resumed(world, receiver, subscription):
    receiver.statuses = [500]
    delivery = world.test(subscription)
    post.deliver_due()
    deliver(world, subscription, hours=71)
    assert (world.fresh(subscription).standing, told()) == (Standing.FAILING, [])

    deliver(world, subscription, hours=73)

    assert world.fresh(subscription).standing is Standing.OFF
    assert told() == [("systems.webhook.off", world.ann.membership.pk)]
    assert world.fresh(delivery).state == "dropped"
    world.do(actions.resume, subscription)
    receiver.statuses = [200]
    with world.ann.acting() as actor:
        actions.send_again(by=actor, at=world.now, delivery_id=delivery.pk)
    post.deliver_due()
    assert (world.fresh(delivery).state, world.fresh(subscription).standing) == ("sent", Standing.ACTIVE)


def test_a_delivery_is_given_up_after_ten_attempts_over_about_three_days(world, receiver, subscription):
    receiver.statuses = [500]
    delivery = world.test(subscription)
    for _attempt in range(9):
        deliver(world, subscription)
        assert world.fresh(delivery).state == "waiting"
    deliver(world, subscription)
    assert (world.fresh(delivery).state, delivery.attempts, delivery.outcome) == ("failed", 10, "500")
    assert timedelta(days=2.9) < sum(rows.PAUSES, timedelta()) * (1 + rows.JITTER / 2) < timedelta(days=3.6)


def test_a_receiver_that_failed_is_left_in_peace_and_then_gets_everything_at_once(world, receiver, subscription):
    receiver.statuses = [500, 500, 200]
    first = world.test(subscription)
    second = world.told_of(subscription, world.root())
    assert post.deliver_due() == 1
    assert post.deliver_due() == 0, "in peace"
    deliver(world, subscription)
    with as_owner():
        Delivery.objects.filter(state="waiting").exclude(pk=second.pk).update(due_at=world.now + timedelta(hours=9))
        type(subscription).objects.update(quiet_until=None)
        Delivery.objects.filter(pk=second.pk).update(due_at=world.now)

    assert post.deliver_due() == 2

    assert {world.fresh(first).state, world.fresh(second).state} == {"sent"}


def test_a_receiver_that_is_away_holds_no_other_back(world, receiver, subscription):
    away = world.subscribe(url="https://127.0.0.1:9/told").subscription
    for _number in range(3):
        world.told_of(away, world.root())
    here = world.test(subscription)

    post.deliver_due()

    assert world.fresh(here).state == "sent"
    with as_owner():
        assert Delivery.objects.filter(subscription=away, attempts__gt=0).count() == 1


def test_what_waits_about_one_record_goes_out_as_one(world, receiver, subscription):
    root, other = world.root(), world.root(title="Another")
    first = world.told_of(subscription, root)
    for target in (root, root, other):
        world.told_of(subscription, target, due_at=world.now + timedelta(seconds=3))

    post.deliver_due()

    assert receiver.ids() == [first.message_id]
    assert world.fresh(first).folded == 2
    deliver(world, subscription)
    assert [json.loads(one.body)["data"]["id"] for one in receiver.taken] == [str(root), str(other)]


def test_what_was_tried_before_takes_nothing_up(world, receiver, subscription):
    """Its receiver may know its id: a later change folded into it would go unheard."""
    root = world.root()
    receiver.statuses = [500, 200]
    first = world.told_of(subscription, root)
    post.deliver_due()
    later = world.told_of(subscription, root)
    deliver(world, subscription)
    assert sorted(receiver.ids()[1:]) == sorted([first.message_id, later.message_id])


def test_a_secret_whose_master_key_is_gone_signs_nothing(world, receiver, subscription, settings):
    delivery = world.test(subscription)
    settings.WBCJ_MASTER_KEY = "another master key of more than thirty-two signs"
    post.deliver_due()
    assert receiver.lines == 0
    assert world.fresh(delivery).outcome == "no key"
