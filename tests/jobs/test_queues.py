"""Slow work waits in a queue of its own, and each queue has a worker: mails, reminders and papers are never behind a file."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from queue import Empty
from uuid import uuid4

import pytest
from celery import current_app
from django.utils import timezone

from foundation.jobs import queries, queue, queues
from foundation.jobs.models import Job
from setup.parts import demo_parts
from tests.people import House

SLOW, USUAL = "slow", "celery"
INSPECTION, PAPER = "foundation.documents.tasks.inspect_upload", "foundation.documents.tasks.print_out"
COMPOSE = Path(__file__).resolve().parents[2] / "docker-compose.yml"


@pytest.fixture
def ann(db):
    return House().person("Ann", "AL")


@pytest.fixture(autouse=True)
def _empty():
    for name in queues.names():
        taken(name)


def job_for(person, task, *, since=timedelta(hours=1)):
    key = str(uuid4())
    account, membership = person.account.pk, person.membership.pk
    due_at = timezone.now() - since
    queue.enqueue(task=task, key=key, subject=uuid4(), account_id=account, membership_id=membership, due_at=due_at)
    return Job.objects.get(key=key)


def taken(name):
    """The job of each hint in a queue, which is empty afterwards."""
    found = []
    with current_app.connection_for_read() as broker:
        box = broker.SimpleQueue(name)
        while True:
            try:
                message = box.get(block=False)
            except Empty:
                return found
            message.ack()
            found.append((message.headers["task"], message.payload[1].get("job_id", "")))


@pytest.mark.parametrize(("task", "name"), [(INSPECTION, SLOW), (PAPER, USUAL)])
def test_a_hint_goes_to_the_queue_of_its_task_and_to_no_other(task, name):
    queue.wake(task, job_id="1")

    assert {each: taken(each) for each in queues.names()} == {SLOW: [], USUAL: [], name: [(task, "1")]}


def test_the_sweeper_hints_each_queue_and_a_backlog_of_one_takes_no_room_of_the_other(ann):
    files = [job_for(ann, INSPECTION, since=timedelta(hours=2)) for _each in range(3)]
    paper = job_for(ann, PAPER)

    assert queue.sweep(limit=2) == 3

    assert taken(USUAL) == [(PAPER, str(paper.pk))]
    assert len(set(taken(SLOW)) & {(INSPECTION, str(job.pk)) for job in files}) == 2


def abandoned(person, task):
    """A job whose worker died under it."""
    job = job_for(person, task)
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(
        attempts=1, leased_until=now - timedelta(seconds=1), hinted_at=now - timedelta(minutes=1)
    )
    return job


def test_work_whose_worker_died_is_not_behind_a_backlog(ann):
    fresh = [job_for(ann, PAPER, since=timedelta(hours=2)) for _each in range(5)]
    queue.sweep()
    died = abandoned(ann, PAPER)

    queue.sweep()

    found = taken(USUAL)
    assert found[0] == (PAPER, str(died.pk))
    assert set(found[1:]) == {(PAPER, str(job.pk)) for job in fresh}


def test_of_more_than_one_sweep_may_hint_work_that_was_begun_comes_first(ann):
    for _each in range(3):
        job_for(ann, PAPER, since=timedelta(hours=2))
    died = abandoned(ann, PAPER)

    assert queue.sweep(limit=1) == 1
    assert taken(USUAL) == [(PAPER, str(died.pk))]


def test_what_the_clock_sends_is_not_behind_a_backlog(ann):
    for _each in range(5):
        job_for(ann, PAPER)
    queue.sweep()

    current_app.send_task("foundation.jobs.tasks.sweep")

    assert taken(USUAL)[0][0] == "foundation.jobs.tasks.sweep"


def test_a_full_queue_still_hears_of_work_whose_worker_died(ann, monkeypatch):
    monkeypatch.setattr(queue, "FULL", 1)
    job_for(ann, PAPER)
    queue.sweep()
    job_for(ann, PAPER)
    died = abandoned(ann, PAPER)

    assert queue.sweep() == 1
    assert taken(USUAL)[0] == (PAPER, str(died.pk))


def test_hints_do_not_pile_up_where_no_worker_takes_them(ann, monkeypatch):
    monkeypatch.setattr(queue, "FULL", 2)
    job_for(ann, INSPECTION)
    for _round in range(5):
        Job.objects.update(hinted_at=timezone.now() - queue.HINTED_AGAIN - timedelta(seconds=1))
        queue.sweep()
    paper = job_for(ann, PAPER)

    assert queues.waiting(SLOW) == 2
    assert queue.sweep() == 1
    assert taken(USUAL) == [(PAPER, str(paper.pk))]


def test_hints_of_work_that_was_begun_do_not_pile_up_there_either(ann, monkeypatch):
    monkeypatch.setattr(queue, "FULL", 1)
    abandoned(ann, INSPECTION)
    for _round in range(5):
        Job.objects.update(hinted_at=timezone.now() - queue.HINTED_AGAIN - timedelta(seconds=1))
        queue.sweep()

    assert queues.waiting(SLOW) == 2


def test_without_a_broker_nothing_waits_there(monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    assert queues.waiting(USUAL) == 0


def test_a_queue_that_no_worker_takes_is_seen(ann):
    job_for(ann, INSPECTION, since=timedelta(minutes=10))
    now = timezone.now()
    Job.objects.filter(pk=job_for(ann, PAPER).pk).update(leased_until=now + timedelta(seconds=30))
    job_for(ann, PAPER)

    standing = queries.standing(now)

    assert standing.forsaken == [SLOW]
    found = {one.name: (one.waiting, one.overdue, one.running) for one in standing.queues}
    assert found == {USUAL: (2, 1, 1), SLOW: (1, 1, 0)}


def test_a_queue_whose_work_is_taken_up_in_time_stands_for_itself(ann):
    job_for(ann, INSPECTION, since=timedelta(seconds=30))

    assert queries.standing(timezone.now()).forsaken == []


def of_the_demo():
    parts = demo_parts(port=1, environment={}, python="python")
    return [" ".join(part.command) for part in parts if "worker" in part.command]


def of_compose():
    text = re.sub(r'[",\s]+', " ", COMPOSE.read_text())
    return re.findall(r"wbcj\.celery worker [^\]]*", text)


@pytest.mark.parametrize("commands", [of_the_demo(), of_compose()], ids=["demo", "compose"])
def test_each_queue_has_a_worker_of_its_own(commands):
    taken_by = [re.findall(r"-Q (\S+)", command) for command in commands]

    assert sorted(taken_by) == sorted([name] for name in queues.names())
