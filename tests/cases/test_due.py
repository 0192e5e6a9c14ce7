"""Cases by one's own next due date: each once, the most pressing first, and nothing that may not be seen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.models import Case, Task
from cases.queries.lists import case_page_by_due
from foundation import access
from foundation.access import BadCursor, Cursor, Level, Reason
from foundation.access.models import Share
from tests.bed.sides import as_owner
from tests.cases.cast import CaseWorld
from tests.people import Person
from tests.reference.stage import Clock, now_of_the_transaction


def given(world: CaseWorld, case: Case, person: Person, days: int) -> Task:
    with world.ann.acting() as actor:
        return actions.give_task(
            case=case,
            assignee=person.membership.group_id,
            title="Answer",
            text="",
            due_at=world.now + timedelta(days=days),
            by=actor,
            at=world.now,
        )


def due(person: Person) -> list[object]:
    """All pages of one row each, by places as an address carries them."""
    found: list[object] = []
    after = None
    with person.acting() as actor:
        while True:
            page = case_page_by_due(actor, after=after, limit=1)
            found += page.roots
            if page.after is None:
                return found
            after = Cursor.parse(str(page.after))


@pytest.fixture
def cases(world: CaseWorld) -> list[Case]:
    """Three cases that Bob and Mira work on, and one of Ann's alone."""
    opened = [world.open() for _number in range(4)]
    for case in opened[:3]:
        world.share(case, world.bob)
        world.share(case, world.mira)
    return opened


def test_each_case_stands_once_at_its_next_own_due_date(world: CaseWorld, cases: list[Case]) -> None:
    for case, days in zip((0, 1, 2, 0, 2), (5, 3, 9, 7, 9), strict=True):
        given(world, cases[case], world.bob, days)
    given(world, cases[2], world.mira, 1)
    given(world, cases[3], world.ann, 1)

    assert due(world.bob) == [cases[1].pk, cases[0].pk, cases[2].pk]
    assert due(world.mira) == [cases[2].pk]
    assert due(world.stranger) == []


def test_a_finished_task_gives_way_to_the_next_one(world: CaseWorld, cases: list[Case]) -> None:
    first = given(world, cases[0], world.bob, 1)
    given(world, cases[1], world.bob, 2)
    given(world, cases[0], world.bob, 3)
    assert due(world.bob) == [cases[0].pk, cases[1].pk]

    with world.bob.acting() as actor:
        actions.finish_task(task=first, by=actor, at=world.now)

    assert due(world.bob) == [cases[1].pk, cases[0].pk]


def test_equal_due_dates_lose_and_repeat_nothing(world: CaseWorld, cases: list[Case]) -> None:
    for case in cases[:3]:
        given(world, case, world.bob, 2)

    found = due(world.bob)

    assert sorted(map(str, found)) == sorted(str(case.pk) for case in cases[:3])


def test_a_task_on_a_case_that_is_closed_to_its_assignee_is_not_listed(world: CaseWorld, cases: list[Case]) -> None:
    given(world, cases[0], world.mira, 1)
    given(world, cases[1], world.mira, 2)
    with as_owner():
        share = Share.objects.live().get(root_id=cases[0].pk, principal_id=world.mira.membership.group_id).pk
    with world.ann.acting() as actor:
        access.revoke(by=actor, share_id=share)

    assert due(world.mira) == [cases[1].pk]
    with world.mira.acting() as actor, as_owner():
        # Row security lets everything through here: the query alone keeps it.
        assert Case.objects.due_page(actor).roots == (cases[1].pk,)


def test_a_dated_share_takes_its_tasks_along_when_it_ends(world: CaseWorld, cases: list[Case]) -> None:
    with world.ann.acting() as actor:
        access.grant(
            by=actor,
            root_id=cases[3].pk,
            principal=world.mira.membership.group_id,
            level=Level.CONTRIBUTE,
            reason=Reason.SHARE,
            until=now_of_the_transaction() + timedelta(hours=1),
        )
    given(world, cases[3], world.mira, 1)
    assert due(world.mira) == [cases[3].pk]

    Clock(now_of_the_transaction()).pass_by(2)

    assert due(world.mira) == []


def test_a_place_of_another_order_is_refused(world: CaseWorld, cases: list[Case]) -> None:
    with world.bob.acting() as actor, pytest.raises(BadCursor):
        Case.objects.due_page(actor, after=Cursor(world.now, cases[0].pk))
    with world.bob.acting() as actor, pytest.raises(BadCursor):
        Case.objects.newest_page(actor, after=Cursor(world.now, cases[0].pk, "due"))


def test_two_statements_whatever_there_is(world: CaseWorld, cases: list[Case]) -> None:
    for days in range(1, 9):
        given(world, cases[days % 3], world.bob, days)
    with world.bob.acting() as actor, CaptureQueriesContext(connection) as queries:
        assert len(case_page_by_due(actor, after=None).rows) == 3
    assert len(queries) == 2
