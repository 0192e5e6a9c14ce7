"""Deliveries to partner systems that ended long ago are forgotten by the clock; nobody, whatever they ask, loses those of a month."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from foundation.webhooks import keeping
from foundation.webhooks.models import ENDED, Attempt, Delivery
from foundation.webhooks.tasks import forget_deliveries
from tests.bed.sides import as_owner

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ended(world):
    """A delivery that ended so long ago, with one attempt."""
    subscription = world.subscribe().subscription

    def make(age, state="sent"):
        at = timezone.now() - age
        delivery = world.told_of(subscription, uuid4(), state=state, created_at=at, due_at=at, ended_at=at)
        with as_owner():
            Attempt.objects.create(delivery=delivery, token=uuid4(), started_at=at, ended_at=at, verdict="sent")
        return delivery

    return make


def left():
    with as_owner():
        return set(Delivery.objects.values_list("pk", flat=True)), Attempt.objects.count()


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_ended_long_ago_goes_with_its_attempts_and_what_ended_since_stays(ended, state):
    ended(keeping.KEPT + MINUTE, state)
    young = ended(keeping.KEPT - MINUTE, state)

    assert [forget_deliveries(), forget_deliveries()] == [1, 0]

    assert left() == ({young.pk}, 1)


def test_what_waits_stays_however_old_it_is(world):
    subscription = world.subscribe().subscription
    waiting = world.told_of(subscription, uuid4(), created_at=world.now - 3 * keeping.KEPT)

    assert forget_deliveries() == 0
    assert left()[0] == {waiting.pk}


def test_the_function_takes_nothing_of_the_last_thirty_days(ended):
    young, old = ended(timedelta(days=29)), ended(timedelta(days=31))
    with connection.cursor() as cursor:
        cursor.execute("SELECT webhooks_forget(now() + interval '1 day', 10)")
        assert cursor.fetchone() == (1,)
    assert old.pk not in left()[0]
    assert young.pk in left()[0]


def test_without_the_function_nobody_deletes_one(ended, world):
    delivery = ended(keeping.KEPT + MINUTE)
    with world.ann.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk)._raw_delete("default")
    assert delivery.pk in left()[0]
