"""Put work into the queue, claim it, end it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from celery import current_app
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError as NoBroker

from foundation import access
from foundation.audit.record import request_id
from foundation.jobs import leases, queues
from foundation.jobs.leases import LEASE
from foundation.jobs.models import Job
from foundation.tenancy.actors import Actor

ATTEMPTS = 8
HINTED_AGAIN = timedelta(seconds=20)
FULL = 1000
"""Hints in one queue, above which no more are sent for fresh work, and above twice as many none: they would pile up where no worker
takes them."""
LOST = (OperationalError, InterfaceError)
LOST_ATTEMPTS = 40
"""A database that went away is no fault of the work: its lease runs out, and only so many times."""
FIRST, FRESH = 0, 6
"""Of the hints in one queue, those of the lower number are taken first: the clock's own, and work whose worker died under it, are not
behind a backlog of work that nobody has begun."""
log = logging.getLogger("wbcj.jobs")


class Overtaken(Exception):
    """The lease ran out and another worker has the job: what was done here is undone."""


def enqueue(*, task: str, key: str, subject: UUID, account_id: UUID, membership_id: UUID, due_at: datetime) -> None:
    """Write the work down in this transaction; the same key is written once. A hint goes out after the commit."""
    job = Job(
        task=task,
        key=key,
        subject=subject,
        account=account_id,
        membership=membership_id,
        due_at=due_at,
        created_at=timezone.now(),
    )
    Job.objects.bulk_create([job], ignore_conflicts=True)
    transaction.on_commit(partial(hint, task, job.pk), robust=True)


def hint(task: str, job_id: UUID, *, priority: int = FRESH) -> None:
    """Tell the workers that something is due. Lost hints cost seconds: the sweeper finds the row."""
    wake(task, priority=priority, job_id=str(job_id))


def wake(task: str, *, priority: int = FIRST, **keys: str) -> None:
    """Tell a worker to look; without a broker nobody is told, and beat will."""
    try:
        current_app.send_task(task, kwargs=keys, ignore_result=True, retry=False, priority=priority)
    except (OSError, NoBroker):
        log.warning("no broker; the sweeper will find what is due")


_CLAIM = """
UPDATE jobs_job SET leased_until = now() + make_interval(secs => %s), attempts = attempts + 1
 WHERE id = (SELECT id FROM jobs_job
              WHERE id = %s AND done_at IS NULL AND failed_at IS NULL AND due_at <= now()
                AND (leased_until IS NULL OR leased_until < now())
                FOR UPDATE SKIP LOCKED)
RETURNING *
"""


def _claim(job_id: UUID) -> Job | None:
    return next(iter(Job.objects.raw(_CLAIM, [LEASE.total_seconds(), job_id])), None)


def work(job_id: UUID, do: Callable[[Actor, UUID], None]) -> str:
    """Claim one job, do it for its membership in one transaction with its completion, and say how it ended.

    The lease is renewed while the work goes on, and the completion is fenced by the attempt: work that somebody else has taken up
    meanwhile is undone. Somebody who is no longer entitled ends the job visibly; an error is tried again with growing pauses until
    it has failed.
    """
    job = _claim(job_id)
    if job is None:
        return "not due"
    if job.attempts > LOST_ATTEMPTS:
        _end(job, "WorkerLost", done=False)
        return "failed"

    def whole() -> None:
        with access.acting_as(job.account, job.membership) as actor:
            do(actor, job.subject)
            if not _end(job, "done", done=True):
                raise Overtaken

    return _attempt(job, whole, partial(_postpone, job))


def _attempt(job: Job, do: Callable[[], None], failed: Callable[[str], str]) -> str:
    """One attempt at a claimed job, and how it ended; ``failed`` gets the kind of an error."""
    token = request_id.set(f"job-{job.pk.hex[:12]}")
    try:
        with leases.kept(partial(_renew, job)):
            do()
        return "done"
    except Overtaken:
        return "overtaken"
    except (access.NotInOffice, access.Forbidden, access.NotThere):
        _end(job, "no longer entitled", done=True)
        return "no longer entitled"
    except Exception as error:
        if isinstance(error, LOST) and job.attempts < LOST_ATTEMPTS:
            raise
        log.exception("job failed", extra={"task": job.task, "job": str(job.pk)})
        return failed(type(error).__name__)
    finally:
        request_id.reset(token)


@dataclass(frozen=True)
class Claimed:
    """One claimed job whose work takes several transactions, such as one that shows that it has begun and one with the result."""

    job: Job

    @property
    def subject(self) -> UUID:
        """Key of the row that the work is about."""
        return self.job.subject

    def acting(self) -> AbstractContextManager[Actor]:
        """A transaction of its own, for the membership that the work was made for. Raises NotInOffice."""
        return access.acting_as(self.job.account, self.job.membership)

    def done(self) -> None:
        """Said inside the transaction that holds the result, so that neither stands without the other. Raises Overtaken."""
        if not _end(self.job, "done", done=True):
            raise Overtaken


def work_in_parts(
    job_id: UUID,
    do: Callable[[Claimed], None],
    *,
    give_up: Callable[[Actor, UUID, str], None],
    attempts: int = ATTEMPTS,
    lost: int = LOST_ATTEMPTS,
) -> str:
    """As ``work``, for work that shows its progress or takes too long for one transaction; ``do`` ends it by ``Claimed.done``.

    It may run twice. When it fails after so many ``attempts``, or when ``lost`` workers ended under it without a word, ``give_up`` is
    called with the kind of the last failure, in the transaction in which the job becomes a failed one. ``lost`` is small for work
    that may itself be what ends its worker.
    """
    job = _claim(job_id)
    if job is None:
        return "not due"
    if job.attempts > lost:
        return _given_up(job, give_up, "WorkerLost")

    def failed(why: str) -> str:
        return _given_up(job, give_up, why) if job.attempts >= attempts else _postpone(job, why)

    return _attempt(job, lambda: do(Claimed(job)), failed)


def _given_up(job: Job, give_up: Callable[[Actor, UUID, str], None], why: str) -> str:
    try:
        with access.acting_as(job.account, job.membership) as actor:
            give_up(actor, job.subject, why)
            _end(job, why, done=False)
    except (access.NotInOffice, access.Forbidden, access.NotThere):
        _end(job, "no longer entitled", done=True)
    return "failed"


def _held(job: Job) -> QuerySet[Job]:
    """The row, as long as this attempt is the last."""
    return Job.objects.filter(pk=job.pk, attempts=job.attempts, done_at__isnull=True, failed_at__isnull=True)


def _renew(job: Job) -> None:
    _held(job).update(leased_until=timezone.now() + LEASE)


def _end(job: Job, outcome: str, *, done: bool) -> bool:
    """Write how it ended, unless somebody else has it by now."""
    now = timezone.now()
    ends = {"done_at": now} if done else {"failed_at": now}
    return bool(_held(job).update(outcome=outcome[:80], leased_until=None, **ends))


def _postpone(job: Job, outcome: str) -> str:
    if job.attempts >= ATTEMPTS:
        _end(job, outcome, done=False)
        return "failed"
    pause = timedelta(seconds=min(2**job.attempts, 600))
    _held(job).update(outcome=outcome[:80], leased_until=None, due_at=timezone.now() + pause)
    return "failed"


# An array is made once; a plan may ask an IN again for each row, each time for so many more rows.
_DUE = """
UPDATE jobs_job SET hinted_at = now()
 WHERE id = ANY (ARRAY(
    SELECT id FROM jobs_job
     WHERE due_at <= now() AND done_at IS NULL AND failed_at IS NULL
       AND (leased_until IS NULL OR leased_until < now())
       AND (hinted_at IS NULL OR hinted_at < due_at OR hinted_at < now() - make_interval(secs => %s))
       AND coalesce(%s::jsonb ->> task, %s) = %s
       AND (attempts > 0 OR %s)
     ORDER BY attempts = 0, due_at LIMIT %s
       FOR UPDATE SKIP LOCKED))
RETURNING task, id, attempts
"""


def sweep(*, limit: int = 500) -> int:
    """Send a hint for whatever is due and unclaimed, so many for each queue at most; how many. Two sweeps at once share the rows.

    A hint that was sent is not sent again for a while, so that a backlog does not fill the broker; one that was lost costs that long.
    Work that was begun and not ended comes first, also where a queue is full of fresh work.
    """
    return sum(_sweep(name, limit, waiting=queues.waiting(name)) for name in queues.names())


def _sweep(name: str, limit: int, *, waiting: int) -> int:
    if waiting >= 2 * FULL:
        return 0
    elsewhere, usual = json.dumps(queues.tasks_elsewhere()), queues.usual()
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [HINTED_AGAIN.total_seconds(), elsewhere, usual, name, waiting < FULL, limit])
        due = cursor.fetchall()
    for task, job_id, attempts in due:
        hint(task, job_id, priority=FIRST if attempts else FRESH)
    return len(due)
