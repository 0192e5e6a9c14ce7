"""What there is to do: tasks of which people are reminded, and documents whose custody sheets are printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from random import Random

from django.conf import settings
from django.db import connection
from django.utils import timezone

import foundation.documents.pdf as document_papers
from cases import actions as case_actions
from foundation.access import Level, Reason
from foundation.access.ledger import grant
from foundation.documents.printing import actions as printing
from foundation.documents.printing.models import Printout
from foundation.notifications.reference.loading import load as load_words_of_reminders
from foundation.notifications.reminders import sweeping
from foundation.notifications.reminders.models import Holiday, Reminder, WorkingHours
from tests.bed.sides import as_owner
from tests.documents.keeping import file_document
from tests.hostile.stage import Stage
from tests.people import Person

TASK_DUE = "cases.task.due"


@dataclass(frozen=True)
class Work:
    """How much waits, all of it written down before the first kill."""

    reminders: int
    printouts: int


def build(*, tasks: int, papers: int, seconds: float, chance: Random) -> Work:
    """Give the tasks, plan their reminders, order the papers; all comes due within so many seconds from now.

    Nobody rests here: every hour of every day is a working hour, or mails would wait for the morning.
    """
    stage = Stage()
    with as_owner():
        load_words_of_reminders()
        WorkingHours.objects.update(opens=time(0), closes=time(23, 59, 59), days=[1, 2, 3, 4, 5, 6, 7])
        Holiday.objects.all().delete()
    sweeping.plan()
    people = [stage.tirana, *(stage.house.person(f"Reader{number}", "AL") for number in range(4))]
    _give_tasks(stage, people, tasks)
    while sweeping.plan():
        pass
    orders = _order_papers(stage, papers)
    with as_owner():
        _spread(seconds, chance)
    return Work(reminders=Reminder.objects.filter(kind=TASK_DUE).count(), printouts=orders)


def _give_tasks(stage: Stage, people: list[Person], tasks: int) -> None:
    case = stage.case("MK")
    with stage.tirana.acting() as by:
        for person in people[1:]:
            grant(
                by=by, root_id=case.pk, principal=person.membership.group_id, level=Level.CONTRIBUTE,
                reason=Reason.SHARE, purpose="lab",
            )  # fmt: skip
    # At midday: early in the day the reminder of the day itself would be that of the day before.
    first = (timezone.now() + timedelta(days=20)).replace(hour=12, minute=0)
    for number in range(tasks):
        with stage.tirana.acting() as by:
            case_actions.give_task(
                case=case, assignee=people[number % len(people)].membership.group_id, title=f"Task {number}", text="",
                due_at=first + timedelta(minutes=number), by=by, at=timezone.now(),
            )  # fmt: skip


def _order_papers(stage: Stage, papers: int) -> int:
    """Each document in every language; equal input would give the paper that there is already."""
    languages = [code for code, _name in settings.LANGUAGES]
    case = stage.case("MK")
    for number in range(-(-papers // len(languages))):
        with stage.tirana.acting() as by:
            document = file_document(
                b"%PDF-1.7 letter", root_id=case.pk, by=by, at=timezone.now(), title=f"Letter {number}"
            )
            for language in languages:
                if Printout.objects.visible_to(by).count() < papers:
                    printing.order(
                        kind=document_papers.SHEET, subject=document.pk, language=language, by=by, at=timezone.now()
                    )
    with stage.tirana.acting() as by:
        return Printout.objects.visible_to(by).count()


def _spread(seconds: float, chance: Random) -> None:
    """What would come due over weeks comes due within the run, and papers with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [chance.random()])
        cursor.execute(
            "UPDATE notifications_reminder SET given_at = now() + random() * make_interval(secs => %s) WHERE kind = %s",
            [seconds, TASK_DUE],
        )
        cursor.execute(
            "UPDATE jobs_job SET due_at = now() + random() * make_interval(secs => %s) WHERE done_at IS NULL", [seconds]
        )
