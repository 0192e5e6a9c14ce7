"""Workers killed at any moment, and a mail server that drops the line: nothing is lost, nothing is sent twice, doubt is counted."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connections, transaction

from foundation.notifications.delivery import post, rows
from foundation.notifications.models import Attempt, Delivery, State
from tests.notifications.test_delivering import letter_for
from tests.people import House

LETTERS, KILLS = 40, 14
KEYS = {post.message_id(f"letter {number}"): f"letter {number}" for number in range(LETTERS)}


def work_in_a_process_of_its_own():
    """A worker: its own process, its own connection, no end of its own."""
    connections.close_all()  # a socket that two processes share would mix their words
    child = os.fork()
    if child:
        return child
    try:
        while True:
            with suppress(Exception):
                post.deliver_due()
            time.sleep(0.02)
    finally:
        os._exit(0)


@pytest.mark.commits
@pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")
def test_no_mail_is_lost_or_sent_twice_whenever_workers_are_killed(sink, monkeypatch):
    chance = random.Random(2026)
    monkeypatch.setattr(rows, "LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr(rows, "FIRST_PAUSE", 0)
    sink.pause, sink.drops = 0.01, chance
    bob = House().person("Bob", "RS")
    with transaction.atomic():
        for number in range(LETTERS):
            letter_for(bob, key=f"letter {number}")

    for kill in range(10 * KILLS):
        # A slow machine may kill each of them before it has said a word to the server.
        if kill >= KILLS and Delivery.objects.filter(state=State.AMBIGUOUS).exists():
            break
        worker = work_in_a_process_of_its_own()
        time.sleep(chance.uniform(0.02, 0.25))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    sink.drops = None
    until = time.monotonic() + 10
    while Delivery.objects.filter(state__in=(State.WAITING, State.SENDING)).exists() and time.monotonic() < until:
        post.deliver_due()
        time.sleep(0.05)

    taken = Counter(KEYS[one] for one in sink.message_ids)
    state_of = dict(Delivery.objects.values_list("key", "state"))
    assert set(state_of.values()) <= {State.SENT, State.AMBIGUOUS}
    assert [key for key, times in taken.items() if times > 1] == []
    assert [key for key, state in state_of.items() if state == State.SENT and not taken[key]] == []
    assert {key for key, state in state_of.items() if state == State.AMBIGUOUS} >= set(state_of) - set(taken)
    assert not Attempt.objects.filter(ended_at=None).exists()
    assert State.AMBIGUOUS in state_of.values(), "the test dropped no line after a dot: it proves nothing"
