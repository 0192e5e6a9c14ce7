"""Reminders follow from dates: planned, moved, cancelled, given once, each through its recipient's own walls."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from cases import actions as case_actions
from cases.models import Case, Task
from foundation import access
from foundation.access.models import Share
from foundation.notifications import inbox
from foundation.notifications.models import Notice
from foundation.notifications.reminders import giving, sweeping
from foundation.notifications.reminders.models import Change, Holiday, Offset, Outcome, Reminder, WorkingHours
from foundation.tenancy.choices import OfficeKind
from foundation.tenancy.models import OfficeHolder
from tests.cases.cast import CaseWorld
from tests.people import Person

KIND = "cases.task.due"


@pytest.fixture
def world(db: None) -> CaseWorld:
    """A known beginning: every kind is planned up to its horizon, nothing waits, and every day is a working day."""
    made = CaseWorld()
    WorkingHours.objects.update(days=[1, 2, 3, 4, 5, 6, 7])
    Holiday.objects.all().delete()
    sweeping.plan(clock=lambda: made.now)
    return made


@pytest.fixture
def case(world: CaseWorld) -> Case:
    opened = world.open()
    world.share(opened, world.bob)
    return opened


def task(world: CaseWorld, case: Case, principal: int, days: float = 10) -> Task:
    with world.ann.acting() as actor:
        return case_actions.give_task(
            case=case,
            assignee=principal,
            title="Answer Kronos",
            text="",
            due_at=world.noon(days),
            by=actor,
            at=world.now,
        )


def plan(at: datetime) -> int:
    return sweeping.plan(clock=lambda: at)


def sweep(at: datetime) -> None:
    sweeping.sweep(clock=lambda: at)


def of(obligation: UUID, person: Person | None = None) -> list[Reminder]:
    rows = Reminder.objects.filter(obligation=obligation).order_by("given_at", "days")
    return list(rows if person is None else rows.filter(membership=person.membership.pk))


def outcomes(obligation: UUID) -> list[str]:
    return [row.outcome for row in of(obligation)]


def reminded(person: Person) -> list[str]:
    with person.acting() as actor:
        return [n.kind for n in Notice.objects.visible_to(actor).filter(due_at__isnull=False).order_by("at")]


def test_a_task_is_planned_with_its_offsets_within_one_sweep(world, case):
    given = task(world, case, world.bob.membership.group_id)

    plan(world.now)

    rows = of(given.pk)
    assert [row.days for row in rows] == [7, 1, 0]
    assert {row.membership for row in rows} == {world.bob.membership.pk}
    assert {row.due_at for row in rows} == {given.due_at}
    assert not Change.objects.ripe(world.now).exists()


def test_planning_twice_writes_once(world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    before = [(row.pk, row.given_at) for row in of(given.pk)]
    with world.bob.acting() as actor:
        case_actions.acknowledge_task(task=given, by=actor, at=world.now)
    Change.objects.create(kind=KIND, obligation=given.pk, ripe_at=None)

    assert plan(world.now) == 0
    assert [(row.pk, row.given_at) for row in of(given.pk)] == before


def test_a_reminder_that_is_due_becomes_a_line_in_the_inbox_once(world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    first = of(given.pk)[0]

    for _beat in range(3):
        sweep(first.given_at)

    assert reminded(world.bob) == [KIND]
    first.refresh_from_db()
    assert first.outcome == Outcome.GIVEN
    with world.bob.acting() as actor:
        line = inbox.lines(actor)[0]
        assert (line.notice.pk, line.notice.due_at) == (first.notice, given.due_at)
        assert line.root.pk == case.pk


def test_a_date_that_moved_moves_its_reminders(world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    before = {row.pk for row in of(given.pk)}
    with world.ann.acting():
        Task.objects.filter(pk=given.pk).update(due_at=given.due_at + timedelta(days=3))

    plan(world.now)

    rows = of(given.pk)
    assert {row.pk for row in rows} == before
    assert {row.due_at for row in rows} == {given.due_at + timedelta(days=3)}
    assert all(row.ended_at is None for row in rows)


def test_a_date_that_moved_under_a_reminder_is_not_told_of_as_it_was(world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    first = of(given.pk)[0]
    with world.ann.acting():
        Task.objects.filter(pk=given.pk).update(due_at=given.due_at + timedelta(hours=1))

    giving.give_due(clock=lambda: first.given_at, seconds=5)

    assert reminded(world.bob) == []
    assert outcomes(given.pk)[0] == Outcome.MOVED


def test_a_date_that_moved_beyond_the_horizon_is_planned_when_the_horizon_reaches_it(world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    with world.ann.acting():
        Task.objects.filter(pk=given.pk).update(due_at=given.due_at + timedelta(days=60))

    plan(world.now)
    assert set(outcomes(given.pk)) == {Outcome.MOVED}

    plan(world.now + timedelta(days=50))
    assert [row.days for row in of(given.pk) if row.ended_at is None] == [7, 1, 0]


@pytest.mark.parametrize("act", ["finish", "withdraw"])
def test_finished_business_cancels_its_reminders(act, world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    if act == "finish":
        with world.bob.acting() as actor:
            case_actions.finish_task(task=given, by=actor, at=world.now)
    else:
        with world.ann.acting() as actor:
            case_actions.withdraw_task(task=given, by=actor, at=world.now)

    plan(world.now)

    assert set(outcomes(given.pk)) == {Outcome.FINISHED}


def test_what_was_finished_a_moment_ago_is_not_told_of(world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    first = of(given.pk)[0]
    with world.bob.acting() as actor:
        case_actions.finish_task(task=given, by=actor, at=world.now)

    giving.give_due(clock=lambda: first.given_at, seconds=5)

    assert reminded(world.bob) == []
    assert outcomes(given.pk)[0] == Outcome.FINISHED


def test_whoever_lost_sight_is_not_reminded_and_learns_nothing(world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    first = of(given.pk)[0]
    with world.ann.acting() as actor:
        (share,) = Share.objects.visible_to(actor).filter(root_id=case.pk, principal=world.bob.membership.group_id)
        access.revoke(by=actor, share_id=share.pk)

    giving.give_due(clock=lambda: first.given_at, seconds=5)
    plan(world.now)

    assert reminded(world.bob) == []
    assert outcomes(given.pk)[0] == Outcome.FINISHED
    assert set(outcomes(given.pk)[1:]) == {Outcome.NOT_ENTITLED}


def test_whoever_left_is_not_reminded(world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    first = of(given.pk)[0]
    world.bob.membership.ends_at = world.now - timedelta(minutes=1)
    world.bob.membership.save(update_fields=["ends_at"])

    giving.give_due(clock=lambda: first.given_at, seconds=5)
    assert outcomes(given.pk)[0] == Outcome.NOT_ENTITLED

    plan(world.now)
    assert set(outcomes(given.pk)) == {Outcome.NOT_ENTITLED}


def test_of_a_whole_partner_only_those_are_reminded_who_see_it(world, case):
    given = task(world, case, world.ann.membership.authority.group_id)

    plan(world.now)

    assert {row.membership for row in of(given.pk)} == {world.ann.membership.pk, world.bob.membership.pk}
    assert not Reminder.objects.filter(membership=world.stranger.membership.pk).exists()


def test_whoever_gains_sight_is_reminded_from_then_on(world, case):
    carl = world.house.person("Carl", "AL")
    given = task(world, case, world.ann.membership.authority.group_id)
    plan(world.now)
    world.share(case, carl)

    plan(world.now)

    assert len(of(given.pk, carl)) == 3


def test_an_office_that_changes_hands_takes_its_reminders_along(world, case):
    registry = world.house.office(OfficeKind.CASE_REGISTRY, "AL", world.ann.membership.authority)
    given = task(world, case, registry.group_id)
    plan(world.now)
    assert len(of(given.pk, world.ann)) == 3
    holder = OfficeHolder.objects.get(office=registry, membership=world.ann.membership)
    holder.ends_at = world.now - timedelta(minutes=1)
    holder.save(update_fields=["ends_at"])
    world.house.person("Nora", "AL", offices=(OfficeKind.CASE_REGISTRY,))

    plan(world.now)

    nora = Reminder.objects.filter(obligation=given.pk, ended_at__isnull=True)
    assert {row.outcome for row in of(given.pk, world.ann)} == {Outcome.NOT_ENTITLED}
    assert nora.exclude(membership=world.ann.membership.pk).count() == 3


def test_offsets_are_dated_and_count_by_the_day_of_the_reminder(world, case):
    Offset.objects.filter(kind=KIND).delete()
    Offset.objects.create(kind=KIND, days=2, valid_from=date(2024, 1, 1))
    Offset.objects.create(kind=KIND, days=5, valid_from=date(2100, 1, 1))

    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)

    assert [row.days for row in of(given.pk)] == [2]


def test_an_instant_that_has_passed_when_the_date_is_set_is_not_caught_up_on(world, case):
    given = task(world, case, world.bob.membership.group_id, days=4)

    plan(world.now)

    assert 7 not in {row.days for row in of(given.pk)}


def test_whoever_regains_sight_is_reminded_again(world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    with world.ann.acting() as actor:
        shares = Share.objects.visible_to(actor).filter(root_id=case.pk, principal=world.bob.membership.group_id)
        access.revoke(by=actor, share_id=shares.get().pk)
    plan(world.now)
    assert set(outcomes(given.pk)) == {Outcome.NOT_ENTITLED}
    world.share(case, world.bob)

    plan(world.now)

    assert [row.days for row in of(given.pk) if row.ended_at is None] == [7, 1, 0]
    sweep(of(given.pk)[0].given_at)
    assert reminded(world.bob) == [KIND]


def test_a_date_that_moved_away_and_back_reminds_as_before_and_not_twice(world, case):
    given = task(world, case, world.bob.membership.group_id)
    plan(world.now)
    first = of(given.pk)[0].given_at
    sweep(first)
    for days in (60, 0):
        with world.ann.acting():
            Task.objects.filter(pk=given.pk).update(due_at=given.due_at + timedelta(days=days))
        plan(first)

    assert [(row.days, row.outcome) for row in of(given.pk)] == [(7, Outcome.GIVEN), (1, ""), (0, "")]
    sweep(given.due_at)
    assert reminded(world.bob) == [KIND] * 3
