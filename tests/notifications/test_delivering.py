"""A mail that surely was not sent is sent again, one that was refused rests, and one of which nobody can know is flagged."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from foundation.notifications.delivery import letters, post, rows, smtp
from foundation.notifications.models import Attempt, Delivery, Stage, State, Verdict
from tests.people import House

SAID = "Something happened in Operation Nobody.\n.\n..and a line with a dot"


def compose(actor, order):
    assert connection.in_atomic_block
    return letters.Letter(to="bob@example.org", subject="Ç Ж", body=SAID)


LETTER = letters.declare("tests", compose)


def fails(actor, order):
    raise ValueError("poison")


POISON = letters.declare("tests poison", fails)


def letter_for(person, *, key="one", letter=LETTER):
    at = timezone.now() - timedelta(minutes=5)
    wanted = rows.Wanted(
        key=key,
        letter=letter.name,
        subject=uuid4(),
        account_id=person.account.pk,
        membership_id=person.membership.pk,
        due_at=at,
    )
    rows.enqueue([wanted], at=at)
    return Delivery.objects.get(key=key)


def standing(delivery):
    delivery.refresh_from_db()
    return delivery.state, delivery.outcome


def due_again(**changes):
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=5), **changes)


def attempts():
    return list(Attempt.objects.values_list("stage", "verdict", "reply"))


def test_a_mail_arrives_whole(bob, sink):
    delivery = letter_for(bob)

    assert post.deliver_due() == 1

    assert standing(delivery) == (State.SENT, "end 250")
    assert attempts() == [(Stage.END, Verdict.SENT, 250)]
    (text,) = sink.taken
    assert text.replace("\r\n", "\n").split("\n\n", 1)[1].rstrip("\n") == SAID
    assert sink.message_ids == [post.message_id("one")]


def test_the_same_key_is_written_once(bob):
    assert letter_for(bob).pk == letter_for(bob).pk


def write_at_length(actor, order):
    return letters.Letter(to="bob@example.org", subject="long", body="a line that is sent\n" * 300_000)


LONG = letters.declare("tests long", write_at_length)
BEFORE_THE_DOT = ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "TEXT"]


@pytest.mark.parametrize("at", BEFORE_THE_DOT)
def test_a_line_that_breaks_before_the_final_dot_has_surely_sent_nothing(at, bob, sink):
    delivery = letter_for(bob, letter=LONG if at == "TEXT" else LETTER)
    sink.drop_at = at

    post.deliver_due()

    assert standing(delivery)[0] == State.WAITING
    assert [verdict for _stage, verdict, _reply in attempts()] == [Verdict.NOT_SENT]
    assert delivery.due_at > timezone.now()
    sink.drop_at = ""
    due_again()
    post.deliver_due()
    assert standing(delivery)[0] == State.SENT
    assert len(sink.taken) == 1


@pytest.mark.parametrize("at", ["CONNECT", "RCPT", "DATA"])
def test_a_server_that_hangs_before_the_final_dot_has_surely_taken_nothing(at, bob, sink):
    delivery = letter_for(bob)
    sink.hang_at = at

    post.deliver_due()

    assert standing(delivery)[0] == State.WAITING


@pytest.mark.parametrize("how", ["drop_at", "hang_at"])
def test_a_line_that_breaks_after_the_final_dot_is_ambiguous_and_never_sent_again_by_itself(
    how, bob, sink, monkeypatch
):
    monkeypatch.setattr(smtp, "FOR_THE_ANSWER", 0.5)
    delivery = letter_for(bob)
    setattr(sink, how, "END")

    post.deliver_due()

    assert standing(delivery)[0] == State.AMBIGUOUS
    assert attempts() == [(Stage.END, Verdict.AMBIGUOUS, None)]
    setattr(sink, how, "")
    due_again()
    post.deliver_due()
    assert standing(delivery)[0] == State.AMBIGUOUS
    assert len(sink.taken) == 1  # the server had it all the while


@pytest.mark.parametrize(
    ("at", "answer", "state"),
    [
        ("CONNECT", "554 no", State.WAITING),  # about the line, not about this mail
        ("EHLO", "502 no", State.WAITING),
        ("MAIL", "550 no", State.REFUSED),
        ("RCPT", "550 no", State.REFUSED),
        ("DATA", "554 no", State.REFUSED),
        ("END", "554 no", State.REFUSED),
        ("MAIL", "421 no", State.WAITING),
        ("RCPT", "450 no", State.WAITING),
        ("DATA", "451 no", State.WAITING),
        ("END", "452 no", State.WAITING),
        ("RCPT", "gibberish", State.WAITING),
        ("END", "gibberish", State.AMBIGUOUS),
    ],
)
def test_an_answer_decides_by_its_class_and_its_place(at, answer, state, bob, sink):
    if at == "EHLO":
        sink.answers["HELO"] = answer
    delivery = letter_for(bob)
    sink.answers[at] = answer

    post.deliver_due()

    assert standing(delivery)[0] == state
    assert "no" not in delivery.outcome.split()
    assert sink.taken == []


def test_a_server_that_is_away_ends_the_round_and_the_pauses_grow(bob, sink, settings):
    settings.EMAIL_PORT = 1
    first, second = letter_for(bob), letter_for(bob, key="two")
    assert post.deliver_due() == 1

    pauses = []
    for _time in range(3):
        first.refresh_from_db()
        pauses.append(first.due_at - timezone.now())
        due_again()
        Delivery.objects.filter(pk=second.pk).update(due_at=timezone.now() + timedelta(hours=1))
        post.deliver_due()

    assert sorted(pauses) == pauses
    assert standing(second) == (State.WAITING, "")


def test_what_never_works_is_given_up_in_sight(bob):
    delivery = letter_for(bob, letter=POISON)
    Delivery.objects.update(attempts=rows.ATTEMPTS - 2)
    post.deliver_due()
    assert standing(delivery) == (State.WAITING, "ValueError")
    due_again()

    post.deliver_due()

    assert standing(delivery) == (State.FAILED, "ValueError")
    assert delivery.ended_at is not None


def test_a_worker_that_is_killed_before_the_dot_sends_nothing_and_another_goes_on(bob, sink):
    delivery = letter_for(bob)
    lost = rows.claim()
    rows.begin(lost, at=timezone.now())
    assert rows.release() == 0
    Delivery.objects.update(leased_until=timezone.now() - timedelta(minutes=1))

    assert rows.release() == 1
    assert standing(delivery) == (State.WAITING, "worker lost")
    due_again()
    post.deliver_due()

    assert standing(delivery)[0] == State.SENT
    assert [verdict for _stage, verdict, _reply in attempts()] == [Verdict.NOT_SENT, Verdict.SENT]


def test_a_worker_that_is_killed_at_the_dot_leaves_an_ambiguous_mail(bob, sink):
    delivery = letter_for(bob)
    lost = rows.claim()
    rows.begin(lost, at=timezone.now())
    rows.handing_over(lost)
    Delivery.objects.update(leased_until=timezone.now() - timedelta(minutes=1))

    post.deliver_due()

    assert standing(delivery) == (State.AMBIGUOUS, "worker lost")
    assert sink.taken == []


def test_a_slow_worker_whose_claim_was_given_away_hangs_up_before_the_dot(bob, sink):
    delivery = letter_for(bob)
    slow = rows.claim()
    rows.begin(slow, at=timezone.now())
    Delivery.objects.update(leased_until=timezone.now() - timedelta(minutes=1))
    rows.release()
    due_again()
    post.deliver_due()

    with pytest.raises(smtp.Overtaken):
        post._handed_over(slow, letters.Letter(to="bob@example.org", subject="late", body="late"))

    assert standing(delivery)[0] == State.SENT
    assert len(sink.taken) == 1


def test_a_late_answer_still_tells_what_was_called_ambiguous(bob):
    delivery = letter_for(bob)
    slow = rows.claim()
    rows.begin(slow, at=timezone.now())
    rows.handing_over(slow)
    Delivery.objects.update(leased_until=timezone.now() - timedelta(minutes=1))
    rows.release()
    assert standing(delivery)[0] == State.AMBIGUOUS

    rows.finish(slow, smtp.Outcome(verdict=Verdict.SENT, stage=Stage.END, reply=250))

    assert standing(delivery)[0] == State.SENT


@pytest.mark.commits
def test_no_transaction_is_open_while_the_server_is_spoken_to(sink, monkeypatch):
    letter_for(House().person("Bob", "RS"))
    open_blocks = []
    monkeypatch.setattr(rows, "handing_over", lambda _one: open_blocks.append(connection.in_atomic_block))

    post.deliver_due()

    assert open_blocks == [False]


@pytest.mark.commits
def test_workers_at_once_send_each_mail_once(sink):
    bob = House().person("Bob", "RS")
    with transaction.atomic():
        for number in range(12):
            letter_for(bob, key=f"letter {number}")
    start = threading.Barrier(3)

    def worker():
        start.wait(timeout=10)
        try:
            post.deliver_due()
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _number in range(3)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(timeout=30)

    assert sorted(sink.message_ids) == sorted(post.message_id(f"letter {number}") for number in range(12))
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}


def test_no_log_line_names_an_address_or_the_words(bob, sink, caplog):
    letter_for(bob)
    sink.answers["RCPT"] = "550 <bob@example.org> is unknown here"

    post.deliver_due()

    said = " ".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert str(Verdict.REFUSED) in [str(record.verdict) for record in caplog.records]
    assert "example.org" not in said
    assert "Nobody" not in said
