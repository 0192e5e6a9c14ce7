"""A worker killed between claim and answer: the delivery comes back and goes out under the same id."""

from __future__ import annotations

import os
import signal
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
def test_a_worker_that_comes_too_late_changes_nothing(receiver, monkeypatch):
    monkeypatch.setattr(rows, "LEASE", timedelta(0))
    world = WebhooksWorld(url=receiver.url)
    delivery = world.test(world.subscribe().subscription)
    late = rows.claim()
    rows.release()
    post.deliver_due()

    rows.drop(late, "too late")

    assert world.fresh(delivery).state == "sent"
