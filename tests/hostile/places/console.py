"""Forms of the console."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from foundation.jobs.models import Job
from foundation.notifications.models import Delivery, Holiday, Offset, Reminder, State
from foundation.tenancy.choices import Role
from tests.hostile.places.registry import place
from tests.hostile.stage import Place, Stage
from tests.people import Person


def _tina(stage: Stage) -> Person:
    return stage.house.staff("Tina", "EUROJUST", Role.TECHNICAL_ADMINISTRATOR)


@place("console_delivery")
def _mail_that_may_not_have_arrived(stage: Stage, name: str) -> Place:
    tina = _tina(stage)
    delivery = Delivery.objects.create(
        key="unknown", letter="notice", subject=uuid4(), account=tina.account.pk, membership=tina.membership.pk,
        due_at=stage.now, created_at=stage.now, ended_at=stage.now, attempts=1, state=State.AMBIGUOUS, outcome="end",
    )  # fmt: skip
    return Place(name, tina, {"delivery": delivery.pk})


@place("console_offset", "console_hours")
def _rules_of_reminders(stage: Stage, name: str) -> Place:
    return Place(name, _tina(stage), typed={"days": "2"} if name == "console_offset" else {})


@place("console_holiday")
def _a_holiday_to_come(stage: Stage, name: str) -> Place:
    """Of a day that is none yet, whatever day it is today."""
    taken = set(Holiday.objects.values_list("day", flat=True))
    days = (stage.now.date() + timedelta(days=ahead) for ahead in range(7, 60))
    return Place(name, _tina(stage), typed={"day": next(day for day in days if day not in taken).isoformat()})


@place("console_offset_end")
def _an_offset(stage: Stage, name: str) -> Place:
    return Place(name, _tina(stage), {"offset": Offset.objects.order_by("pk")[0].pk})


@place("console_holiday_strike")
def _a_holiday(stage: Stage, name: str) -> Place:
    return Place(name, _tina(stage), {"holiday": Holiday.objects.order_by("-day")[0].pk})


@place("console_reminder_run_again")
def _a_failed_reminder(stage: Stage, name: str) -> Place:
    tina = _tina(stage)
    reminder = Reminder.objects.create(
        kind="cases.task.due", obligation=uuid4(), account=tina.account.pk, membership=tina.membership.pk, days=1,
        due_at=stage.now, given_at=stage.now, planned_at=stage.now, attempts=8, failed_at=stage.now, outcome="ValueError",
    )  # fmt: skip
    return Place(name, tina, {"reminder": reminder.pk})


@place("console_given_up")
def _mails_given_up(stage: Stage, name: str) -> Place:
    tina = _tina(stage)
    Delivery.objects.create(
        key="given up", letter="notice", subject=uuid4(), account=tina.account.pk, membership=tina.membership.pk,
        due_at=stage.now, created_at=stage.now, ended_at=stage.now, attempts=40, state=State.FAILED, outcome="connect",
    )  # fmt: skip
    return Place(name, tina)


@place("console_run_again")
def _failed_job(stage: Stage, name: str) -> Place:
    tina = _tina(stage)
    job = Job.objects.create(
        task="foundation.jobs.tasks.sweep", key="failed", subject=uuid4(), account=tina.account.pk,
        membership=tina.membership.pk, due_at=stage.now, created_at=stage.now, attempts=8, failed_at=stage.now,
        outcome="ValueError",
    )  # fmt: skip
    return Place(name, tina, {"job": job.pk})


@place("console_client_revoke")
def _token_of_a_partner(stage: Stage, name: str) -> Place:
    token = stage.granted(stage.administrator()).token
    return Place(name, _tina(stage), {"pk": token.pk})


@place("console_authority_found", "console_authority_close")
def _authorities_of_a_partner(stage: Stage, name: str) -> Place:
    """One that nobody works at, so that it may be closed."""
    if name == "console_authority_found":
        return Place(name, _tina(stage), {"pk": stage.house.partner("BA").pk}, {"first_day": ""})
    return Place(name, _tina(stage), {"pk": stage.house.authority("BA", "Old office").pk}, {"last_day": ""})
