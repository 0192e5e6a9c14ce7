"""A claim on a letter lasts while the mail server is spoken to, and no longer than its worker lives."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from foundation.jobs import leases
from foundation.notifications.delivery import post, rows, smtp
from foundation.notifications.models import Delivery, State
from tests.notifications.test_delivering import letter_for, standing
from tests.people import House


@pytest.mark.commits
def test_a_slow_mail_server_keeps_its_letter_since_the_claim_is_renewed(sink, monkeypatch):
    monkeypatch.setattr(rows, "LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.1)
    delivery = letter_for(House().person("Bob", "RS"))
    sink.pause = 0.4
    over = threading.Event()
    released = []

    def others_look() -> None:
        while not over.wait(0.05):
            released.append(rows.release())
        connection.close()

    other = threading.Thread(target=others_look)
    other.start()
    post.deliver_due()
    over.set()
    other.join()

    assert standing(delivery)[0] == State.SENT
    assert len(sink.taken) == 1
    assert released
    assert set(released) == {0}


def test_what_a_killed_worker_held_comes_back_within_the_round_of_another(bob, sink, monkeypatch):
    """Rounds follow one another while much is due, so the end of one is no time to look."""
    held = letter_for(bob, key="held")
    rows.begin(rows.claim(), at=timezone.now())
    monkeypatch.setattr(post, "RELEASED_EVERY", 0.0)
    monkeypatch.setattr(rows, "FIRST_PAUSE", 0)
    for number in range(2):
        letter_for(bob, key=f"due {number}")
    hand_over, lapses = smtp.hand_over, iter([True])

    def lapse_meanwhile(message, before_the_end):
        if next(lapses, False):
            Delivery.objects.filter(pk=held.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
        return hand_over(message, before_the_end=before_the_end)

    monkeypatch.setattr(smtp, "hand_over", lapse_meanwhile)
    assert post.deliver_due() == 3
    assert standing(held)[0] == State.SENT
