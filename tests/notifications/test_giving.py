"""Claims of reminders: two beats at once, killed workers, poison, and what staff see of it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection

from cases import actions as case_actions
from foundation.notifications.models import Delivery, Notice
from foundation.notifications.reminders import actions, giving, kinds, planning, queries, sweeping
from foundation.notifications.reminders.models import Change, Holiday, Outcome, Planned, Reminder, WorkingHours
from foundation.tenancy.choices import PartnerKind, Role
from tests.cases.cast import CaseWorld

KIND = "cases.task.due"


def story(tasks: int = 1) -> CaseWorld:
    """Bob has tasks of one case, whose reminders are planned."""
    WorkingHours.objects.update(days=[1, 2, 3, 4, 5, 6, 7])
    Holiday.objects.all().delete()
    world = CaseWorld()
    sweeping.plan(clock=lambda: world.now)
    case = world.open()
    world.share(case, world.bob)
    with world.ann.acting() as actor:
        for number in range(tasks):
            due_at = world.noon(10) + timedelta(minutes=number)
            case_actions.give_task(
                case=case,
                assignee=world.bob.membership.group_id,
                title="Answer",
                text="",
                due_at=due_at,
                by=actor,
                at=world.now,
            )
    sweeping.plan(clock=lambda: world.now)
    return world


@pytest.fixture
def world(db: None) -> CaseWorld:
    return story()


@pytest.fixture
def row(world: CaseWorld) -> Reminder:
    return Reminder.objects.order_by("given_at")[0]


def noon(world: CaseWorld) -> datetime:
    """When the first reminder of every task has come due, and no other."""
    return Reminder.objects.filter(days=7).order_by("-given_at")[0].given_at + timedelta(hours=2)


def in_threads(work: Any, number: int) -> list[Any]:
    start, answers = threading.Barrier(number), []

    def one() -> None:
        start.wait(timeout=10)
        try:
            answers.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _number in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.mark.commits
def test_beats_at_once_plan_once_and_give_each_reminder_once():
    world = story(tasks=60)
    at = noon(world)
    before = Reminder.objects.count()
    Change.objects.bulk_create(
        [Change(kind=KIND, obligation=key) for key in Reminder.objects.values_list("obligation", flat=True).distinct()]
    )

    swept = in_threads(lambda: sweeping.sweep(clock=lambda: at), 4)

    assert Reminder.objects.count() == before
    assert sum(one.given for one in swept) == 60
    ended = Reminder.objects.filter(ended_at__isnull=False)
    assert [ended.count(), ended.filter(outcome=Outcome.GIVEN, attempts=1).count()] == [60, 60]
    with world.bob.acting() as actor:
        assert Notice.objects.visible_to(actor).filter(kind=KIND).count() == 60
    assert Delivery.objects.filter(subject__in=ended.values("notice")).count() == 60


def test_what_a_killed_worker_held_is_given_when_its_lease_has_run_out(world, row):
    """It claimed, and never came back: a lease of half a minute and a beat, so within 60 seconds."""
    at = row.given_at
    assert [one.pk for one in giving.claim(at=at)] == [row.pk]

    assert giving.give_due(clock=lambda: at + giving.LEASE - timedelta(seconds=1), seconds=5) == 0
    assert giving.give_due(clock=lambda: at + giving.LEASE + timedelta(seconds=1), seconds=5) == 1

    row.refresh_from_db()
    assert (row.outcome, row.attempts) == (Outcome.GIVEN, 2)
    assert giving.LEASE + timedelta(seconds=5) < timedelta(minutes=1)


def test_a_worker_that_comes_too_late_gives_nothing(world, row):
    (late,) = giving.claim(at=row.given_at)
    after = row.given_at + giving.LEASE + timedelta(seconds=1)
    (other,) = giving.claim(at=after)

    assert not giving.give(late, at=after)
    assert giving.give(other, at=after)

    with world.bob.acting() as actor:
        assert Notice.objects.visible_to(actor).filter(kind=KIND).count() == 1


def poison(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fails(*_args: object) -> None:
        raise error

    monkeypatch.setattr(kinds.ReminderKind, "standing", fails)


def try_until_rest(row: Reminder, tries: int) -> datetime:
    at = row.given_at
    for _try in range(tries):
        giving.give_due(clock=lambda: at, seconds=5)  # noqa: B023 - called at once
        at += timedelta(minutes=11)
    return at


def test_poison_ends_as_failed_in_sight_and_runs_again_from_there(world, row, monkeypatch):
    poison(monkeypatch, ValueError("poison"))
    at = try_until_rest(row, giving.ATTEMPTS)
    row.refresh_from_db()
    assert (row.outcome, row.attempts) == ("ValueError", giving.ATTEMPTS)
    standing = queries.standing(at)
    assert [one.pk for one in standing.failures] == [row.pk]
    assert giving.give_due(clock=lambda: at, seconds=5) == 0
    monkeypatch.undo()

    world.house.partner("EJ", PartnerKind.EUROJUST)
    staff = world.house.person("Tess", "EJ", Role.TECHNICAL_ADMINISTRATOR, authority="Programme")
    with staff.acting() as actor:
        actions.run_again(reminder_id=row.pk, by=actor, at=at)
        with pytest.raises(actions.UnableToRunAgain):
            actions.run_again(reminder_id=row.pk, by=actor, at=at)

    assert giving.give_due(clock=lambda: at, seconds=5) == 1
    row.refresh_from_db()
    assert row.outcome == Outcome.GIVEN


def test_poison_holds_nothing_else_up(world, row, monkeypatch):
    other = Reminder.objects.exclude(pk=row.pk).order_by("given_at")[0]
    Reminder.objects.filter(pk=row.pk).update(kind="tests.retired")

    giving.give_due(clock=lambda: other.given_at, seconds=5)

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.outcome, row.ended_at) == ("UnknownKind", None)
    assert other.outcome == Outcome.GIVEN


def test_an_error_puts_a_reminder_off_longer_each_time(world, row, monkeypatch):
    poison(monkeypatch, ValueError("poison"))
    pauses, at = [], row.given_at
    for _try in range(4):
        giving.give_due(clock=lambda: at, seconds=5)  # noqa: B023 - called at once
        row.refresh_from_db()
        pauses.append(row.held_until - at)
        at = row.held_until + timedelta(seconds=1)

    assert pauses == sorted(set(pauses))


def test_a_database_that_went_away_is_no_fault_of_a_reminder(world, row, monkeypatch):
    Reminder.objects.filter(pk=row.pk).update(attempts=giving.ATTEMPTS)
    poison(monkeypatch, OperationalError("the connection is lost"))

    with pytest.raises(OperationalError):
        giving.give_due(clock=lambda: row.given_at, seconds=5)

    row.refresh_from_db()
    assert row.failed_at is None


def test_a_planner_that_fails_loses_no_note(world, monkeypatch):
    """Notes are forgotten in the transaction that plans them."""
    Change.objects.create(kind=KIND, obligation=Reminder.objects.all()[0].obligation)

    def fails(*_args: object, **_more: object) -> None:
        raise OperationalError("the connection is lost")

    with monkeypatch.context() as patched:
        patched.setattr(planning, "write", fails)
        with pytest.raises(OperationalError):
            sweeping.plan(clock=lambda: world.now)
    assert Change.objects.ripe(world.now).count() == 1

    sweeping.plan(clock=lambda: world.now)
    assert Change.objects.ripe(world.now).count() == 0


def test_a_note_that_cannot_be_planned_holds_the_others_up_for_one_sweep_only(world, monkeypatch):
    bad, good = Reminder.objects.values_list("obligation", flat=True).distinct()[0], world
    Change.objects.create(kind=KIND, obligation=bad)
    usual = planning.of_keys

    def fails(kind: Any, keys: Any) -> Any:
        if bad in set(keys):
            raise ValueError("poison")
        return usual(kind, keys)

    monkeypatch.setattr(planning, "of_keys", fails)
    sweeping.plan(clock=lambda: good.now)

    note = Change.objects.get(obligation=bad)
    assert (note.outcome, note.attempts) == ("ValueError", 1)
    assert note.ripe_at > good.now
    assert queries.standing(good.now).unplannable == 0
    Change.objects.update(attempts=queries.ATTEMPTS)
    assert queries.standing(good.now).unplannable == 1


def test_a_kind_that_cannot_be_planned_is_not_in_the_way_of_others(world, monkeypatch):
    """Neither of planning nor of giving; how far it is planned says so to staff."""
    Planned.objects.all().delete()
    Reminder.objects.all().delete()
    usual = next(kind for kind in kinds.every() if kind.name == "cases.invitation.due")
    broken = replace(usual, source="no_such_function")
    monkeypatch.setitem(kinds._kinds, broken.name, broken)

    sweeping.sweep(clock=lambda: world.now)

    assert Reminder.objects.filter(kind=KIND).count() == 3
    assert set(Planned.objects.values_list("kind", flat=True)) == {kind.name for kind in kinds.every()} - {broken.name}


def test_dates_beyond_an_outage_longer_than_the_horizon_are_caught_up_on(world):
    """Nobody planned for a hundred days: what should have been given meanwhile is given at once, when its date is still ahead."""
    Planned.objects.update(planned_at=world.now, due_at=world.now)
    Reminder.objects.all().delete()
    later = world.now + timedelta(days=8)

    sweeping.sweep(clock=lambda: later)

    rows = Reminder.objects.order_by("given_at")
    assert [row.days for row in rows] == [7, 1, 0]
    assert rows[0].outcome == Outcome.GIVEN


def test_staff_see_how_reminders_stand(world, row):
    standing = queries.standing(row.given_at + timedelta(minutes=1))

    assert (standing.waiting, standing.due, standing.oldest_due_at) == (3, 1, row.given_at)
    assert standing.to_plan == Change.objects.ripe(world.now).count()
