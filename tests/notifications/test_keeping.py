"""Mails that ended long ago are forgotten by the clock, with what is known of each attempt; what is under way stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.notifications.delivery import keeping
from foundation.notifications.models import ENDED, Attempt, Delivery, State, Verdict
from foundation.notifications.tasks import forget_deliveries
from tests.people import House

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def bob():
    return House().person("Bob", "RS")


def mail(bob, state, age, **more):
    at = timezone.now() - age
    over = state in ENDED
    return Delivery.objects.create(
        key=str(uuid4()), letter="notice", subject=uuid4(), account=bob.account.pk, membership=bob.membership.pk,
        state=state, due_at=at, created_at=at, ended_at=at if over else None, **more,
    )  # fmt: skip


def attempt(delivery):
    at = delivery.created_at
    return Attempt.objects.create(delivery=delivery, token=uuid4(), started_at=at, ended_at=at, verdict=Verdict.SENT)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_ended_long_ago_goes_with_its_attempts_and_what_ended_since_stays(bob, state):
    old, young = mail(bob, state, keeping.KEPT + MINUTE), mail(bob, state, keeping.KEPT - MINUTE)
    attempt(old)
    kept = attempt(young)

    assert forget_deliveries() == 1

    assert list(Delivery.objects.all()) == [young]
    assert list(Attempt.objects.all()) == [kept]
    assert forget_deliveries() == 0


def test_what_waits_stays_however_old_it_is(bob):
    waiting = [mail(bob, state, 3 * keeping.KEPT) for state in (State.WAITING, State.GATHERED)]

    assert forget_deliveries() == 0

    assert set(Delivery.objects.all()) == set(waiting)


def test_a_digest_goes_after_the_notices_that_it_carried(bob):
    digest = mail(bob, State.SENT, keeping.KEPT + 2 * MINUTE)
    mail(bob, State.SENT, keeping.KEPT + MINUTE, carried_by=digest)

    assert [forget_deliveries(), forget_deliveries(), forget_deliveries()] == [1, 1, 0]
    assert not Delivery.objects.exists()


def test_as_many_as_are_said_go_at_once(bob, monkeypatch):
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    for _number in range(3):
        mail(bob, State.SENT, 2 * keeping.KEPT)

    assert [forget_deliveries(), forget_deliveries(), forget_deliveries()] == [2, 1, 0]
