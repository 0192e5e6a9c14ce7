"""A worker killed between claim and answer: the delivery comes back and goes out under the same id."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import timedelta

import pytest
from django.db import connections

from foundation.webhooks import post, rows
from foundation.webhooks.models import Attempt, Delivery
from tests.bed.sides import as_owner
from tests.notifications.sink import eventually
from tests.webhooks.cast import WebhooksWorld


def worker():
    """A process of its own that delivers for ever."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        while True:
            post.deliver_due()
    finally:
        os._exit(0)


@pytest.mark.commits
@pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")
def test_a_delivery_whose_worker_was_killed_goes_out_again_under_the_same_id(receiver, monkeypatch):
    monkeypatch.setattr(rows, "LEASE", timedelta(seconds=1))
    world = WebhooksWorld(url=receiver.url)
    delivery = world.test(world.subscribe().subscription)
    receiver.hang = True

    child = worker()
    assert eventually(lambda: receiver.taken)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    receiver.hang = False
    assert post.deliver_due() == 0, "its lease stands"
    assert eventually(lambda: post.deliver_due() == 1, seconds=5)

    assert receiver.ids() == [delivery.message_id] * 2
    with as_owner():
        assert Delivery.objects.get().state == "sent"
        assert list(Attempt.objects.values_list("verdict", "cause")) == [("unanswered", "worker lost"), ("sent", "")]


@pytest.mark.commits
@pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")
def test_whenever_workers_are_killed_everything_arrives_and_what_came_twice_has_the_same_id(receiver, monkeypatch):
    chance = random.Random(2026)
    monkeypatch.setattr(rows, "LEASE", timedelta(seconds=0.5))
    world = WebhooksWorld(url=receiver.url)
    subscription = world.subscribe().subscription
    receiver.pause = 0.01
    expected = {world.told_of(subscription, world.root()).message_id for _number in range(20)}

    for _kill in range(10):
        child = worker()
        time.sleep(chance.uniform(0.05, 0.3))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with as_owner():
        unfinished = Delivery.objects.filter(state__in=("waiting", "sending"))
        assert eventually(lambda: post.deliver_due() == 0 and not unfinished.exists(), seconds=20)

    assert expected <= set(receiver.ids())
    with as_owner():
        assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
        assert not Attempt.objects.filter(ended_at=None).exists()
        assert Attempt.objects.filter(cause="worker lost").exists(), (
            "no worker was killed at work: the test proves nothing"
        )


@pytest.mark.commits
def test_a_worker_that_comes_too_late_changes_nothing(receiver, monkeypatch):
    monkeypatch.setattr(rows, "LEASE", timedelta(0))
    world = WebhooksWorld(url=receiver.url)
    delivery = world.test(world.subscribe().subscription)
    late = rows.claim()
    rows.release()
    post.deliver_due()

    rows.drop(late, "too late")

    assert world.fresh(delivery).state == "sent"
