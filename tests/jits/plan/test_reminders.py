"""Whoever is responsible for a task is reminded of its deadline, and nobody else."""

from datetime import timedelta

import pytest

from foundation import access
from foundation.access.models import Share
from foundation.notifications import inbox
from foundation.notifications.reminders import kinds, sweeping
from foundation.notifications.reminders.models import Holiday, Outcome, Reminder, WorkingHours
from jits import actions

pytestmark = pytest.mark.django_db
KIND = "jits.task.due"


@pytest.fixture(autouse=True)
def every_day_is_a_working_day(cast):
    WorkingHours.objects.update(days=[1, 2, 3, 4, 5, 6, 7])
    Holiday.objects.all().delete()
    sweeping.plan(clock=lambda: cast.now)


def planned(cast, task):
    now = cast.now
    sweeping.plan(clock=lambda: now)
    waiting = Reminder.objects.filter(kind=KIND, obligation=task.pk, ended_at__isnull=True)
    return {(row.membership, row.days) for row in waiting}


def outcomes(task):
    return set(Reminder.objects.filter(kind=KIND, obligation=task.pk).values_list("outcome", flat=True))


def reminders_of(person):
    return {(person.membership.pk, days) for days in (7, 1, 0)}


def test_the_responsible_person_alone_is_reminded_a_week_a_day_and_on_the_day(cast):
    task = cast.planned()
    assert planned(cast, task) == reminders_of(cast.investigator)
    first = Reminder.objects.filter(kind=KIND, obligation=task.pk).earliest("given_at")
    sweeping.sweep(clock=lambda: first.given_at)
    with cast.investigator.acting() as by:
        said = [line.sentence for line in inbox.lines(by) if line.notice.due_at is not None]
    assert said == ["A task that you see to in the plan of a joint investigation team is due."]


def test_a_task_of_nobody_reminds_nobody_until_somebody_is_named(cast):
    phase = cast.phase(cast.drafting())
    task = cast.task(phase, person=None)
    assert planned(cast, task) == set()
    cast.acts(actions.change_task, task, measure=cast.measure(phase, person=cast.people["MK"]))
    assert planned(cast, task) == reminders_of(cast.people["MK"])


def test_a_task_that_is_handed_over_takes_its_reminders_along(cast):
    task = cast.planned()
    planned(cast, task)
    cast.acts(actions.change_task, task, measure=cast.measure(task, person=cast.people["MK"]))
    assert planned(cast, task) == reminders_of(cast.people["MK"])


def test_a_deadline_that_moves_takes_its_reminders_along(cast):
    task = cast.planned()
    planned(cast, task)
    later = task.due_at + timedelta(days=2)
    cast.acts(actions.change_task, task, measure=cast.measure(task, person=cast.investigator, due_at=later))
    assert planned(cast, task) == reminders_of(cast.investigator)
    standing = Reminder.objects.filter(kind=KIND, obligation=task.pk, ended_at__isnull=True)
    assert set(standing.values_list("due_at", flat=True)) == {later}


@pytest.mark.parametrize(
    ("act", "words"), [(actions.finish_task, {"outcome": "Found."}), (actions.drop_task, {"reason": "Left."})]
)
def test_nobody_is_reminded_of_what_is_settled_until_it_is_opened_again(cast, act, words):
    task = cast.planned()
    planned(cast, task)
    cast.acts(act, task, **words)
    assert planned(cast, task) == set()
    assert outcomes(task) == {Outcome.FINISHED}
    cast.acts(actions.reopen_task, task)
    assert planned(cast, task) == reminders_of(cast.investigator)


def dates(cast, person):
    with person.acting() as by:
        window = {"after": cast.now, "until": cast.now + timedelta(days=30)}
        return [date.obligation for date in kinds.standing_dates(by, cast.now, **window) if date.kind.name == KIND]


def test_the_date_stands_in_the_calendar_of_whoever_is_responsible_while_the_team_is_at_work(cast):
    task = cast.planned()
    assert dates(cast, cast.investigator) == [task.pk]
    assert dates(cast, cast.people["MK"]) == []
    jit = cast.does("XK", actions.suspend, cast.team(task), reason="Elections.")
    assert dates(cast, cast.investigator) == []
    jit = cast.does("XK", actions.resume, jit)
    assert dates(cast, cast.investigator) == [task.pk]
    cast.does("AL", actions.not_set_up, jit, obstacle="readiness", text="", parallel=True)
    assert dates(cast, cast.investigator) == []


def test_a_team_that_is_over_gives_no_reminder_that_was_planned(cast):
    task = cast.planned()
    planned(cast, task)
    cast.does("AL", actions.not_set_up, cast.team(task), obstacle="readiness", text="", parallel=True)
    first = Reminder.objects.filter(kind=KIND, obligation=task.pk).earliest("given_at")
    sweeping.sweep(clock=lambda: first.given_at)
    with cast.investigator.acting() as by:
        assert not [line for line in inbox.lines(by) if line.notice.due_at is not None]


def test_whoever_does_not_see_the_team_any_more_is_not_reminded(cast):
    task = cast.planned()
    planned(cast, task)
    with cast.people["MK"].acting() as by:
        own = cast.investigator.membership.group_id
        for share in Share.objects.visible_to(by).live().filter(root_id=task.root_id, principal_id=own):
            access.revoke(by=by, share_id=share.pk)
    assert dates(cast, cast.investigator) == []
    assert planned(cast, task) == set()
