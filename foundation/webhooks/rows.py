"""Claims and ends of deliveries, for nobody: each commits by itself, and the functions of the database do it (sql/delivering.sql)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from foundation.jobs import patience
from foundation.notifications import inbox
from foundation.notifications.delivery import rows as mails
from foundation.webhooks.models import Delivery, State, Verdict
from foundation.webhooks.sending import Answer
from foundation.webhooks.signing import Kept

TASK = "foundation.webhooks.tasks.deliver"
LEASE = timedelta(seconds=45)
"""Far more than one delivery may take (``sending.WHOLE``)."""
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
"""Between the attempts at one delivery: ten within about three days, as Standard Webhooks proposes."""
JITTER = 0.2
"""Each pause is longer by a random part of it, up to this, so that what failed together is not tried together."""
PATIENCE = timedelta(days=3)
"""A receiver to which nothing could be delivered for so long is switched off."""
DATABASE_PATIENCE = 20.0
"""Seconds for which a worker tries to write down how an attempt ended, when the database is away."""
GONE = 410
"""HTTP: the receiver is gone for good, and asks to be told no more."""


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """One delivery in hand: what has to be sent where, and for whom the worker acts. ``secrets`` sign it, the present one first."""

    delivery_id: UUID
    token: UUID
    subscription_id: UUID
    account_id: UUID
    membership_id: UUID
    url: str = field(repr=False)
    event: str
    kind: str
    root: UUID | None
    audience: int | None
    created_at: datetime
    attempts: int
    secrets: tuple[Kept, ...]

    @property
    def message_id(self) -> str:
        """The header ``webhook-id``."""
        return Delivery(pk=self.delivery_id).message_id


def claim() -> Claimed | None:
    """Take the delivery that has been due for longest; none when nothing is due. Its attempt is on record from here on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM webhooks_claim(%s)", [LEASE.total_seconds()])
        row = cursor.fetchone()
        names = [column.name for column in cursor.description or ()]
    if row is None:
        return None
    found = dict(zip(names, row, strict=True))
    secret, master = found.pop("secret"), found.pop("master")
    former, former_master = found.pop("former_secret"), found.pop("former_master")
    kept = (Kept(bytes(secret), master), *(() if former is None else (Kept(bytes(former), former_master),)))
    return Claimed(**found, secrets=kept)


def finish(claimed: Claimed, answer: Answer) -> None:
    """Write down how the attempt ended, and what becomes of the delivery; again for a while when the database is away.

    Administrators are told when this was the end of the subscription.
    """
    state, due_at = _next(claimed, answer)
    words = str(answer.status or answer.cause or answer.verdict.value)
    _write(claimed, answer, state=state, outcome=words, due_at=due_at)


def drop(claimed: Claimed, why: str) -> None:
    """Nothing is sent, and the row says why."""
    answer = Answer(verdict=Verdict.NOT_SENT, cause=why)
    _write(claimed, answer, state=State.DROPPED, outcome=why, due_at=None)


def _next(claimed: Claimed, answer: Answer) -> tuple[State, datetime | None]:
    if answer.verdict is Verdict.SENT:
        return State.SENT, None
    if answer.status == GONE or claimed.attempts > len(PAUSES):
        return State.FAILED, None
    pause = PAUSES[claimed.attempts - 1] * (1 + random.uniform(0, JITTER))  # noqa: S311  # nobody has to guess it
    return State.WAITING, timezone.now() + pause


def _write(claimed: Claimed, answer: Answer, *, state: State, outcome: str, due_at: datetime | None) -> None:
    patience.written(
        partial(_finish, claimed, answer, state=state, outcome=outcome, due_at=due_at), seconds=DATABASE_PATIENCE
    )


def _finish(claimed: Claimed, answer: Answer, *, state: State, outcome: str, due_at: datetime | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM webhooks_finish(%s, %s, %s, %s, %s, %s, %s, %s, %s, make_interval(secs => %s), %s)",
            [
                claimed.delivery_id, claimed.token, state.value, answer.verdict.value, answer.status, answer.cause[:60],
                answer.milliseconds, outcome, due_at, PATIENCE.total_seconds(), answer.status == GONE,
            ],
        )  # fmt: skip
        told = cursor.fetchall()
    now = timezone.now()
    mails.enqueue((inbox.mail_of(*one, at=now) for one in told), at=now)


def release() -> int:
    """Give back what workers that are no more had in hand; how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT webhooks_release()")
        (count,) = cursor.fetchone() or (0,)
    return int(count)
