"""Background work: done once, never lost, ended in sight."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from queue import Empty
from uuid import uuid4

import pytest
from celery import current_app
from django.db import OperationalError, connection
from django.utils import timezone

from foundation import access
from foundation.jobs import leases, queue
from foundation.jobs.models import Job
from tests.people import House

TASK = "tests.jobs.nothing"


@pytest.fixture
def ann(db):
    return House().person("Ann", "AL")


def job_for(person, *, key="one", since=timedelta(hours=1)):
    """Work that has been due for a while."""
    queue.enqueue(
        task=TASK,
        key=key,
        subject=uuid4(),
        account_id=person.account.pk,
        membership_id=person.membership.pk,
        due_at=timezone.now() - since,
    )
    return Job.objects.get(key=key)


def due_again(job, **changes):
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(hours=1), **changes)


def fails(actor, subject):
    raise ValueError("poison")


def test_the_same_key_is_written_once(ann):
    first, second = job_for(ann), job_for(ann)

    assert first.pk == second.pk


def test_work_acts_for_the_membership_that_it_was_made_for(ann):
    job, seen = job_for(ann), []

    assert queue.work(job.pk, lambda actor, subject: seen.append((actor.membership_id, subject))) == "done"
    assert seen == [(ann.membership.pk, job.subject)]


def test_done_work_is_not_done_again(ann):
    job, runs = job_for(ann), []
    for _time in range(2):
        queue.work(job.pk, lambda actor, subject: runs.append(subject))

    assert len(runs) == 1


def test_work_that_is_not_due_yet_waits(ann):
    job = job_for(ann, since=-timedelta(hours=1))

    assert queue.work(job.pk, fails) == "not due"


def test_what_another_worker_holds_is_left_alone_until_its_lease_ends(ann):
    job = job_for(ann)
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() + timedelta(minutes=1), attempts=1)
    assert queue.work(job.pk, fails) == "not due"

    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(hours=1))

    assert queue.work(job.pk, lambda actor, subject: None) == "done"
    job.refresh_from_db()
    assert job.attempts == 2


def test_an_error_undoes_the_work_and_puts_it_off_longer_each_time(ann):
    job, pauses = job_for(ann), []

    def fails_half_way(actor, subject):
        job_for(ann, key="left behind")
        raise ValueError("poison")

    for _time in range(3):
        assert queue.work(job.pk, fails_half_way) == "failed"
        job.refresh_from_db()
        pauses.append(job.due_at - timezone.now())
        due_again(job)

    assert pauses == sorted(pauses)
    assert not Job.objects.filter(key="left behind").exists()


def test_poison_ends_as_failed_and_rests(ann):
    job = job_for(ann)
    for _time in range(queue.ATTEMPTS):
        queue.work(job.pk, fails)
        due_again(job)

    job.refresh_from_db()
    assert job.failed_at is not None
    assert job.outcome == "ValueError"
    assert queue.work(job.pk, fails) == "not due"


def test_whoever_is_no_longer_entitled_ends_the_work_in_sight(ann):
    job = job_for(ann)
    ann.membership.ends_at = timezone.now() - timedelta(minutes=1)
    ann.membership.save(update_fields=["ends_at"])

    assert queue.work(job.pk, fails) == "no longer entitled"
    job.refresh_from_db()
    assert (job.outcome, job.failed_at) == ("no longer entitled", None)
    assert job.done_at is not None


@pytest.mark.parametrize("refusal", [access.Forbidden, access.NotThere])
def test_a_refusal_by_the_walls_ends_the_work_in_sight(refusal, ann):
    job = job_for(ann)

    def refused(actor, subject):
        raise refusal

    assert queue.work(job.pk, refused) == "no longer entitled"
    assert Job.objects.get(pk=job.pk).done_at is not None


@pytest.mark.commits
def test_two_workers_at_once_do_the_work_once():
    job = job_for(House().person("Ann", "AL"))
    runs, outcomes, start = [], [], threading.Barrier(2)

    def slow(actor, subject):
        runs.append(subject)
        time.sleep(0.3)

    def worker():
        start.wait(timeout=10)
        try:
            outcomes.append(queue.work(job.pk, slow))
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _number in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(timeout=30)

    assert sorted(outcomes) == ["done", "not due"]
    assert len(runs) == 1


def hinted(job, *, tries=5_000):
    """Was a hint for that job sent? Takes hints from the broker until it is found or none is left."""
    with current_app.connection_for_read() as broker:
        box = broker.SimpleQueue(current_app.conf.task_default_queue)
        for _try in range(tries):
            try:
                message = box.get(timeout=0.5)
            except Empty:
                return False
            message.ack()
            if str(job.pk) in str(message.payload):
                return True
    return False


def test_the_sweeper_finds_what_a_lost_hint_left(ann):
    lost = job_for(ann)
    assert not hinted(lost)

    queue.sweep()

    assert hinted(lost)


@pytest.mark.parametrize("state", ["leased", "done", "failed", "later"])
def test_the_sweeper_leaves_alone_what_needs_no_hint(state, ann):
    now = timezone.now()
    job = job_for(ann)
    changes = {
        "leased": {"leased_until": now + timedelta(minutes=2)},
        "done": {"done_at": now},
        "failed": {"failed_at": now},
        "later": {"due_at": now + timedelta(hours=1)},
    }
    Job.objects.filter(pk=job.pk).update(**changes[state])

    assert queue.sweep() == 0


def test_a_hint_that_was_sent_is_not_sent_again_at_once(ann):
    job_for(ann)

    assert queue.sweep() == 1
    assert queue.sweep() == 0

    Job.objects.update(hinted_at=timezone.now() - queue.HINTED_AGAIN - timedelta(seconds=1))
    assert queue.sweep() == 1


def test_work_that_another_worker_took_up_meanwhile_is_undone(ann):
    """Its lease ran out under a slow worker; the one who came later holds the row by its number of the attempt."""
    job = job_for(ann)

    def overtaken(actor, subject):
        job_for(ann, key="left behind")
        Job.objects.filter(pk=job.pk).update(attempts=2)

    assert queue.work(job.pk, overtaken) == "overtaken"
    assert not Job.objects.filter(key="left behind").exists()
    assert Job.objects.get(pk=job.pk).done_at is None


def test_work_that_kills_its_workers_ends_as_failed(ann):
    """Whoever was killed could write nothing down: the count of the claims is all there is."""
    job = job_for(ann)
    Job.objects.filter(pk=job.pk).update(attempts=queue.LOST_ATTEMPTS)

    assert queue.work(job.pk, fails) == "failed"

    job.refresh_from_db()
    assert job.failed_at is not None
    assert job.outcome == "WorkerLost"


def test_a_database_that_went_away_is_no_fault_of_the_work(ann):
    job = job_for(ann)
    Job.objects.filter(pk=job.pk).update(attempts=queue.ATTEMPTS)

    def lost(actor, subject):
        raise OperationalError("the connection is lost")

    with pytest.raises(OperationalError):
        queue.work(job.pk, lost)
    assert Job.objects.get(pk=job.pk).failed_at is None


@pytest.mark.commits
def test_a_lease_is_renewed_while_the_work_goes_on(monkeypatch):
    """Long work keeps its row for as long as it lives, and a killed worker's row comes back within a minute."""
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.1)
    job = job_for(House().person("Ann", "AL"))
    until = []

    def slow(actor, subject):
        for _look in range(2):
            time.sleep(0.4)
            until.append(Job.objects.get(pk=job.pk).leased_until)

    assert queue.work(job.pk, slow) == "done"
    assert until[0] < until[1]
    assert leases.LEASE + timedelta(seconds=5) < timedelta(minutes=1), "a lease and one beat"


def test_a_killed_workers_job_is_hinted_when_its_lease_has_run_out(ann):
    job = job_for(ann)
    long_ago = timezone.now() - timedelta(minutes=1)
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() + timedelta(seconds=9), hinted_at=long_ago)
    assert queue.sweep() == 0

    Job.objects.filter(pk=job.pk).update(leased_until=long_ago)

    assert queue.sweep() == 1
