"""Mails that waited as jobs when an earlier version was upgraded go out all the same, once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

import foundation.notifications
from foundation.jobs.models import Job
from foundation.notifications.models import Delivery
from tests.bed.sides import as_owner

SQL = Path(foundation.notifications.__file__).parent / "sql"
NOTICE, WELCOME, SIGN_IN = (
    "foundation.notifications.tasks.mail_notice",
    "partners.tasks.mail_welcome",
    "wbcj.tasks.mail_happening",
)


def job(person, task, **more):
    now = timezone.now()
    return Job.objects.create(
        task=task,
        key=f"{task}:{uuid4()}",
        subject=uuid4(),
        account=person.account.pk,
        membership=person.membership.pk,
        due_at=now - timedelta(hours=1),
        created_at=now,
        **more,
    )


def upgrade():
    with as_owner(), connection.cursor() as cursor:
        for name in ("from_jobs.sql", "from_other_jobs.sql"):
            cursor.execute((SQL / name).read_text(encoding="utf-8"))


@pytest.mark.writes_outside_actions
def test_what_waits_or_was_given_up_becomes_a_delivery_and_what_is_done_does_not(bob):
    now = timezone.now()
    waits = {task: job(bob, task) for task in (NOTICE, WELCOME, SIGN_IN)}
    failed = job(bob, NOTICE, failed_at=now, attempts=8, outcome="OSError")
    done, other = job(bob, NOTICE, done_at=now), job(bob, "tests.other")

    upgrade()

    made = {row.subject: (row.letter, row.state) for row in Delivery.objects.all()}
    assert made == {
        waits[NOTICE].subject: ("notice", "waiting"),
        waits[WELCOME].subject: ("welcome", "waiting"),
        waits[SIGN_IN].subject: ("sign-in", "waiting"),
        failed.subject: ("notice", "failed"),
    }
    assert not Job.objects.filter(done_at=None).exclude(pk=other.pk).exists()
    assert Job.objects.get(pk=done.pk).outcome == ""
    assert Delivery.objects.filter(key=f"notice:{waits[NOTICE].subject}").exists()
