"""How an administrator meets webhooks: a secret shown once, states that follow from acts, nothing for anybody else."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from foundation.audit.models import Event
from foundation.documents.refusals import Broken
from foundation.webhooks import actions, signing
from foundation.webhooks.models import Delivery, Standing, Subscription
from foundation.webhooks.signing import Kept
from tests.bed import sessions
from tests.bed.sides import as_owner
from tests.webhooks.cast import NOWHERE

SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")
FORM = {"url": NOWHERE, "chosen": ["case.changed", "meeting.changed"]}
OF_ONE = ("webhook", "webhook_rotate", "webhook_pause", "webhook_resume", "webhook_end", "webhook_test")


def browser(who) -> Client:
    client = Client()
    sessions.signed_in_fully(client, who.account)
    return client


def send(who, address, key=None, **fields):
    return browser(who).post(address, {"submission_key": str(key or uuid4()), **fields})


def page(name, key):
    return reverse(name, kwargs={"pk": key})


def kept_secrets(subscription):
    """Every secret that signs for it, decrypted."""
    pairs = [(subscription.secret, subscription.master), (subscription.former_secret, subscription.former_master)]
    return [signing.opened(Kept(bytes(secret), master), subscription.pk) for secret, master in pairs if secret]


@pytest.fixture
def subscribe_page(world):
    return page("webhook_subscribe", world.register.membership.pk)


def test_the_secret_stands_in_one_answer_and_is_kept_encrypted(world, subscribe_page):
    answer = send(world.ann, subscribe_page, **FORM)

    (shown,) = SECRET.findall(answer.content.decode())
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    with as_owner():
        subscription = Subscription.objects.get()
    assert (subscription.url, subscription.events) == (NOWHERE, ["case.changed", "meeting.changed"])
    assert [signing.spelled(secret) for secret in kept_secrets(subscription)] == [shown]
    assert kept_secrets(subscription)[0] not in bytes(subscription.secret)
    for name in ("system", "webhook"):
        key = world.register.membership.pk if name == "system" else subscription.pk
        listed = browser(world.ann).get(page(name, key)).content.decode()
        assert NOWHERE in listed
        assert not SECRET.search(listed)


def test_the_secret_of_one_subscription_opens_for_no_other(world):
    one = world.subscribe().subscription
    with pytest.raises(Broken):
        signing.opened(Kept(bytes(one.secret), one.master), uuid4())


def test_the_same_form_again_shows_no_secret_and_says_why(world, subscribe_page):
    client, key = browser(world.ann), str(uuid4())
    client.post(subscribe_page, {"submission_key": key, **FORM})

    again = client.post(subscribe_page, {"submission_key": key, **FORM}, follow=True)

    assert "shown once" in again.content.decode()
    assert not SECRET.search(again.content.decode())
    with as_owner():
        assert Subscription.objects.count() == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:9/told", "begins with https://"),
        ("https://user:word@127.0.0.1/told", "begins with https://"),
        ("https://10.0.0.1/told", "inside a network"),
        ("https://[::ffff:127.0.0.1]/told", "inside a network"),
        ("https://nobody.invalid/told", "No address is known"),
    ],
)
def test_an_address_that_is_refused_comes_back_with_a_sentence(world, subscribe_page, url, said):
    answer = send(world.ann, subscribe_page, url=url, chosen=["case.changed"])

    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert f'value="{url}"' in answer.content.decode()
    with as_owner():
        assert not Subscription.objects.exists()


def test_events_come_from_the_list_alone(world, subscribe_page):
    assert send(world.ann, subscribe_page, url=NOWHERE, chosen=["test.sent"]).status_code == 422
    assert send(world.ann, subscribe_page, url=NOWHERE).status_code == 422
    with pytest.raises(actions.UnableToSubscribe):
        world.subscribe("case.changed", "case.deleted")


def test_a_system_has_three_addresses_at_most_and_each_once(world):
    made = [world.subscribe(url=f"{NOWHERE}/{number}") for number in range(3)]
    with pytest.raises(actions.UnableToSubscribe, match="subscribed already"):
        world.subscribe(url=f"{NOWHERE}/1")
    with pytest.raises(actions.UnableToSubscribe, match="three addresses"):
        world.subscribe()

    world.do(actions.end, made[0].subscription)

    assert world.subscribe().subscription.standing is Standing.ACTIVE


def test_a_rotated_secret_signs_beside_the_old_one_for_the_overlap(world):
    first = world.subscribe()
    answer = send(world.ann, page("webhook_rotate", first.subscription.pk), overlap="3")

    (shown,) = SECRET.findall(answer.content.decode())
    subscription = world.fresh(first.subscription)
    assert [signing.spelled(secret) for secret in kept_secrets(subscription)] == [shown, first.secret]
    assert subscription.two_secrets(world.now + timedelta(days=2))
    assert not subscription.two_secrets(world.now + timedelta(days=4))
    send(world.ann, page("webhook_rotate", subscription.pk), overlap="0")
    assert len(kept_secrets(world.fresh(subscription))) == 1


def test_paused_and_resumed_and_ended(world):
    subscription = world.subscribe().subscription
    waits = world.test(subscription)

    send(world.ann, page("webhook_pause", subscription.pk))

    assert world.fresh(subscription).standing is Standing.PAUSED
    assert (world.fresh(waits).state, waits.outcome) == ("dropped", "paused")
    assert send(world.ann, page("webhook_test", subscription.pk)).status_code == 409
    send(world.ann, page("webhook_resume", subscription.pk))
    assert world.fresh(subscription).standing is Standing.ACTIVE
    send(world.ann, page("webhook_end", subscription.pk))
    assert world.fresh(subscription).standing is Standing.ENDED
    for name in ("webhook_pause", "webhook_resume", "webhook_end", "webhook_test"):
        assert send(world.ann, page(name, subscription.pk)).status_code == 409
    assert send(world.ann, page("webhook_rotate", subscription.pk), overlap="1").status_code == 409
    assert "Ann" in browser(world.ann).get(page("webhook", subscription.pk)).content.decode()


def test_an_ended_delivery_is_sent_again_with_one_click_under_the_same_id(world):
    subscription = world.subscribe().subscription
    delivery = world.told_of(subscription, None, state="failed", ended_at=world.now, attempts=10, outcome="500")
    listed = browser(world.ann).get(page("webhook", subscription.pk)).content.decode()
    key = re.search(r'/deliveries/[^"]*/".*?name="submission_key" value="([^"]+)"', listed, re.DOTALL)[1]
    before = delivery.message_id

    send(world.ann, page("webhook_delivery", delivery.pk), key=key)

    delivery = world.fresh(delivery)
    assert (delivery.state, delivery.attempts, delivery.resent, delivery.message_id) == ("waiting", 0, 1, before)
    assert send(world.ann, page("webhook_delivery", delivery.pk)).status_code == 409


def test_one_test_is_on_its_way_at_a_time(world):
    subscription = world.subscribe().subscription
    world.test(subscription)
    assert send(world.ann, page("webhook_test", subscription.pk)).status_code == 409
    with as_owner():
        assert Delivery.objects.count() == 1


# --- Who may ---------------------------------------------------------------------------------------------------------------------


def addresses(world, subscription):
    delivery = world.test(subscription)
    return [
        page("webhook_subscribe", world.register.membership.pk),
        page("webhook_delivery", delivery.pk),
        *(page(name, subscription.pk) for name in OF_ONE),
    ]


def test_the_administrator_of_another_partner_finds_nothing(world):
    subscription = world.subscribe().subscription
    for address in addresses(world, subscription):
        assert browser(world.olga).get(address).status_code == 404
        assert send(world.olga, address, **FORM, overlap="1").status_code in {404, 405}
    assert world.fresh(subscription).standing is Standing.ACTIVE


def test_whoever_administers_nothing_is_refused(world):
    for address in addresses(world, world.subscribe().subscription):
        assert browser(world.paul).get(address).status_code == 403


def test_the_rows_are_behind_a_wall_for_everybody_else(world):
    subscription = world.subscribe().subscription
    world.test(subscription)
    for who in (world.olga, world.paul, world.register):
        with who.acting():
            assert not Subscription.objects.exists()
            assert not Delivery.objects.exists()
            assert Delivery.objects.update(state="sent") == 0
    with world.olga.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Delivery.objects.create(
            subscription_id=subscription.pk, event="test.sent", kind="webhook", created_at=world.now, due_at=world.now
        )


def test_no_role_moves_a_subscription_to_another_address(world):
    subscription = world.subscribe().subscription
    with as_owner(), pytest.raises(DatabaseError), transaction.atomic():
        Subscription.objects.filter(pk=subscription.pk).update(url="https://127.0.0.1:10/elsewhere")


@pytest.mark.parametrize("name", OF_ONE[1:])
def test_webhooks_ask_who_one_is_unless_one_said_so_lately(world, name, settings):
    subscription = world.subscribe().subscription
    settings.WBCJ_STEP_UP_AGE = timedelta(seconds=-1)
    before = world.fresh(subscription).standing

    kept = send(world.ann, page(name, subscription.pk), overlap="1")

    assert kept.status_code == 403
    assert browser(world.ann).get(page(name, subscription.pk))["Location"].startswith(reverse("account_reauthenticate"))
    assert world.fresh(subscription).standing == before


def test_the_acts_are_on_record(world, subscribe_page):
    send(world.ann, subscribe_page, **FORM)
    with as_owner():
        subscription = Subscription.objects.get()
        (event,) = Event.objects.filter(verb="webhooks.subscription.made")
    assert (event.root, event.membership) == (subscription.pk, world.ann.membership.pk)
