"""Claims the reminders that are due and gives each to its recipient, acting for it.

A claim is a lease: a worker that is killed leaves its rows to the next sweep. Giving and ending are one transaction, fenced by the
number of the attempt, so a reminder is given once even when a lease ran out under a slow worker.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from foundation import access
from foundation.audit.record import request_id
from foundation.jobs.queue import LOST, LOST_ATTEMPTS
from foundation.notifications.reminders import actions
from foundation.notifications.reminders.models import WAITING, Outcome, Reminder

LEASE = timedelta(seconds=30)
BATCH = 50
ATTEMPTS = 8
log = logging.getLogger("wbcj.reminders")

# An array is made once; a plan may ask an IN again for each row, each time for so many more rows.
_CLAIM = """
UPDATE notifications_reminder SET held_until = %(until)s, attempts = attempts + 1
 WHERE id = ANY (ARRAY(
    SELECT id FROM notifications_reminder
     WHERE given_at <= %(at)s AND ended_at IS NULL AND failed_at IS NULL
       AND (held_until IS NULL OR held_until < %(at)s)
     ORDER BY given_at LIMIT %(limit)s
       FOR UPDATE SKIP LOCKED))
RETURNING id, kind, obligation, root, account, membership, days, due_at, given_at, planned_at, held_until, attempts,
          ended_at, failed_at, outcome, notice
"""


def claim(*, at: datetime) -> list[Reminder]:
    """Hold the most pressing reminders that are due and that nobody holds."""
    rows = Reminder.objects.raw(_CLAIM, {"at": at, "until": at + LEASE, "limit": BATCH})
    return sorted(rows, key=lambda row: row.given_at)


def give_due(*, clock: Callable[[], datetime] = timezone.now, seconds: float) -> int:
    """Give whatever is due, batch by batch, until nothing is or the time is up; how many ended."""
    end, given = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        rows = claim(at=clock())
        given += sum(give(row, at=clock()) for row in rows)
        if len(rows) < BATCH:
            break
    return given


def give(row: Reminder, *, at: datetime) -> bool:
    """Give one claimed reminder; whether it has ended. An error is tried again with growing pauses until it has failed."""
    token = request_id.set(f"reminder-{row.pk.hex[:12]}")
    try:
        with access.acting_as(row.account, row.membership) as actor:
            actions.give(reminder=row, by=actor, at=at)
        return True
    except actions.Lost:
        return False
    except (access.NotInOffice, access.Forbidden, access.NotThere):
        return _end(row, at=at, ended_at=at, outcome=Outcome.NOT_ENTITLED)
    except Exception as error:
        if isinstance(error, LOST) and row.attempts < LOST_ATTEMPTS:
            raise
        log.exception("reminder failed", extra={"kind": row.kind, "reminder": str(row.pk)})
        return _put_off(row, type(error).__name__, at=at)
    finally:
        request_id.reset(token)


def _put_off(row: Reminder, outcome: str, *, at: datetime) -> bool:
    if row.attempts >= ATTEMPTS:
        return _end(row, at=at, failed_at=at, outcome=outcome)
    _end(row, at=at, outcome=outcome, held_until=at + timedelta(seconds=min(2**row.attempts, 600)))
    return False


def _end(row: Reminder, *, at: datetime, **values: object) -> bool:
    """Write how it ended, unless another worker has it by now."""
    mine = Reminder.objects.filter(WAITING, pk=row.pk, attempts=row.attempts)
    return bool(mine.update(**{"held_until": None, **values}))
