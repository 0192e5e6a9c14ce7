"""The rows of deliveries: written, claimed, ended. They hold keys and instants, and every step here commits by itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from foundation.jobs import leases, patience, queue
from foundation.notifications.delivery import smtp
from foundation.notifications.models import Attempt, Delivery, DeliveryQuerySet, Stage, State, Verdict

NOTICE = "notice"
"""The kind of letter that tells of one notice, and that a reader's wishes decide on."""
TASK = "foundation.notifications.tasks.deliver"
LEASE = leases.LEASE
"""Renewed while the conversation goes on, so a slow mail server keeps its letter and a killed worker's comes back within a minute."""
ATTEMPTS = 40
FIRST_PAUSE, LONGEST_PAUSE = 10, 3600
"""Seconds. Forty attempts span a day and a half: a mail server that is away for a night loses nothing."""
PATIENCE = 20.0
"""Seconds for which a worker tries to write down how an attempt ended, when the database is away."""
log = logging.getLogger("wbcj.deliveries")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A letter that shall go out."""

    key: str
    letter: str
    subject: UUID
    account_id: UUID
    membership_id: UUID
    due_at: datetime


def enqueue(wanted: Iterable[Wanted], *, at: datetime) -> None:
    """Write letters down in this transaction; the same key is written once. One hint goes out after the commit."""
    rows = [
        Delivery(
            key=one.key,
            letter=one.letter,
            subject=one.subject,
            account=one.account_id,
            membership=one.membership_id,
            due_at=one.due_at,
            created_at=at,
        )
        for one in wanted
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        hint_after_commit()


def hint_after_commit() -> None:
    """Wake a worker when this transaction has been committed; a lost hint costs seconds."""
    transaction.on_commit(partial(queue.wake, TASK), robust=True)


_CLAIM = """
UPDATE notifications_delivery
   SET state = 'sending', leased_until = statement_timestamp() + make_interval(secs => %s), token = gen_random_uuid(),
       handed_at = NULL, attempts = attempts + 1
 WHERE id = (SELECT id FROM notifications_delivery WHERE state = 'waiting' AND due_at <= statement_timestamp()
              ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id
"""


def claim() -> Delivery | None:
    """Take the delivery that has been due for longest and that nobody holds; none when nothing is due."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [LEASE.total_seconds()])
        row = cursor.fetchone()
    return None if row is None else Delivery.objects.get(pk=row[0])


def _claim_of(delivery: Delivery) -> UUID:
    assert delivery.token is not None, "only a claimed delivery has a token"
    return delivery.token


def renew(delivery: Delivery) -> None:
    """The conversation goes on: nobody else takes its claim meanwhile."""
    held = Delivery.objects.in_hand(delivery).filter(state=State.SENDING)
    held.update(leased_until=timezone.now() + LEASE)


def begin(delivery: Delivery, *, at: datetime) -> None:
    """Put an attempt on record before the first word with the server."""
    Attempt.objects.create(delivery=delivery, token=_claim_of(delivery), started_at=at)


_HANDING_OVER = """
UPDATE notifications_delivery
   SET handed_at = statement_timestamp(), leased_until = statement_timestamp() + make_interval(secs => %s)
 WHERE id = %s AND token = %s AND state = 'sending'
RETURNING id
"""


def handing_over(delivery: Delivery) -> None:
    """Commit that the final dot goes out now. Raises Overtaken when the claim has been given to somebody else meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_HANDING_OVER, [LEASE.total_seconds(), delivery.pk, delivery.token])
        if cursor.fetchone() is None:
            raise smtp.Overtaken


def finish(delivery: Delivery, outcome: smtp.Outcome) -> None:
    """Write down how the attempt ended; once more for a while when the database is away, since nobody else knows it."""
    patience.written(lambda: _finish(delivery, outcome, timezone.now()), seconds=PATIENCE)


_STATES = {
    Verdict.SENT: State.SENT,
    Verdict.REFUSED: State.REFUSED,
    Verdict.AMBIGUOUS: State.AMBIGUOUS,
    Verdict.NOT_SENT: State.WAITING,
}


def _finish(delivery: Delivery, outcome: smtp.Outcome, now: datetime) -> None:
    """The attempt ends as it ended. The row follows, also when its lease ran out meanwhile and it was called ambiguous."""
    said = {"stage": outcome.stage, "verdict": outcome.verdict, "reply": outcome.reply, "cause": outcome.cause}
    Attempt.objects.filter(token=_claim_of(delivery)).update(ended_at=now, **said)
    words = f"{outcome.stage} {outcome.reply or outcome.cause}".strip()
    held = Delivery.objects.in_hand(delivery).filter(state__in=(State.SENDING, State.AMBIGUOUS))
    if outcome.verdict is Verdict.NOT_SENT:
        _again(held, attempts=delivery.attempts, outcome=words, now=now)
    else:
        held.update(state=_STATES[outcome.verdict], leased_until=None, ended_at=now, outcome=words)


def _again(held: DeliveryQuerySet, *, attempts: int, outcome: str, now: datetime) -> None:
    """Surely not sent: wait, longer each time, until enough is enough."""
    if attempts >= ATTEMPTS:
        held.update(state=State.FAILED, leased_until=None, ended_at=now, outcome=outcome[:80])
        return
    pause = timedelta(seconds=min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE))
    held.update(state=State.WAITING, leased_until=None, ended_at=None, due_at=now + pause, outcome=outcome[:80])


def unsent(delivery: Delivery, cause: str) -> None:
    """Its words could not be made: an error of ours, tried again like a mail server that is away."""
    held = Delivery.objects.in_hand(delivery).filter(state=State.SENDING)
    _again(held, attempts=delivery.attempts, outcome=cause, now=timezone.now())


def postpone(delivery: Delivery, until: datetime) -> None:
    """Nothing was tried: the claim is given back until then."""
    held = Delivery.objects.in_hand(delivery).filter(state=State.SENDING)
    held.update(state=State.WAITING, leased_until=None, due_at=until, attempts=0, outcome="later")


def gather(delivery: Delivery) -> None:
    """It waits for the digest of its reader."""
    held = Delivery.objects.in_hand(delivery).filter(state=State.SENDING)
    held.update(state=State.GATHERED, leased_until=None, attempts=0, outcome="digest")


def drop(delivery: Delivery, reason: str) -> None:
    """It is not sent, and the row says why."""
    held = Delivery.objects.in_hand(delivery).filter(state=State.SENDING)
    held.update(state=State.OFF, leased_until=None, ended_at=timezone.now(), outcome=reason[:80])


def release(*, limit: int = 500) -> int:
    """End the claims of workers that are no more; how many. Before the dot the letter waits again, after it nobody knows."""
    with transaction.atomic():
        now = timezone.now()
        lost = Delivery.objects.filter(state=State.SENDING, leased_until__lt=now).order_by("leased_until")
        found = list(lost.select_for_update(skip_locked=True)[:limit])
        for delivery in found:
            _release(delivery, now)
    ambiguous = sum(one.handed_at is not None for one in found)
    if found:
        log.warning("workers were lost", extra={"deliveries": len(found), "ambiguous": ambiguous})
    return len(found)


def _release(delivery: Delivery, now: datetime) -> None:
    held = Delivery.objects.in_hand(delivery)
    perhaps = delivery.handed_at is not None
    Attempt.objects.filter(token=_claim_of(delivery), ended_at__isnull=True).update(
        ended_at=now,
        stage=Stage.END if perhaps else "",
        verdict=Verdict.AMBIGUOUS if perhaps else Verdict.NOT_SENT,
        cause="worker lost",
    )
    if perhaps:
        held.update(state=State.AMBIGUOUS, leased_until=None, ended_at=now, outcome="worker lost")
    else:
        _again(held, attempts=delivery.attempts, outcome="worker lost", now=now)


def decide_again(membership_id: UUID, *, at: datetime) -> None:
    """What waits for this membership is looked at anew: its wishes have changed. A digest that has begun keeps what it carries."""
    unsent = Delivery.objects.filter(membership=membership_id, state__in=(State.WAITING, State.GATHERED))
    unsent.filter(letter=NOTICE, carried_by=None, attempts=0).update(state=State.WAITING, due_at=at, outcome="")
    hint_after_commit()


def carry(gathered: DeliveryQuerySet, told: list[UUID], *, by: UUID) -> None:
    """These stand in that digest; what else was gathered has been read, or is not visible any more."""
    gathered.filter(pk__in=told).update(carried_by=by)
    gathered.exclude(pk__in=told).update(
        state=State.OFF, ended_at=timezone.now(), carried_by=None, outcome="read or not visible"
    )
