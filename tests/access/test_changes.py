"""The rows of the feed of changes: who writes which, and who reads which, through each wall alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from foundation.access import Level
from foundation.access.models import Change
from foundation.audit import record
from foundation.tenancy.choices import Capacity, OfficeKind
from foundation.tenancy.models import OfficeHolder
from tests.bed.sides import as_owner


def note(person, root, *, audience=None) -> None:
    with person.acting() as actor:
        record.changed("sample.note.written", by=actor, root=root, audience=audience)


def written() -> list[tuple[Any, ...]]:
    """All rows in order, as the owner reads them."""
    with as_owner():
        return list(Change.objects.order_by("xid", "id").values_list("root", "audience", "principal", "membership"))


def through(person, wall: str) -> list[int]:
    """The keys of the rows that the person gets: as owner only the query filters, unfiltered only the policy does."""
    with person.acting() as actor:
        rows = Change.objects.order_by("id")
        if wall == "policy":
            return list(rows.values_list("id", flat=True))
        if wall == "query":
            found = rows.visible_to(actor).values_list("id", flat=True)
            with as_owner():
                return list(found)
        return list(rows.visible_to(actor).values_list("id", flat=True))


WALLS = pytest.mark.parametrize("wall", ["query", "policy", "both"])


def appoint(story, person, kind=OfficeKind.COORDINATOR, **periods: Any) -> OfficeHolder:
    office = story.house.office(kind, person.membership.authority.partner.code)
    since = periods.pop("since", story.house.now)
    with as_owner():
        return OfficeHolder.objects.create(
            office=office,
            membership=person.membership,
            capacity=Capacity.HOLDER,
            starts_at=since,
            proposed_at=since,
            confirmed_at=since,
            founding=True,
            **periods,
        )


def test_a_change_is_one_row_for_its_audience_in_the_call_that_records_it(story, django_assert_num_queries):
    root = story.open()
    own = story.ann.membership.group_id
    with story.ann.acting() as actor:
        with django_assert_num_queries(2):
            record.changed("sample.note.written", by=actor, root=root)
            record.changed("sample.note.written", by=actor, root=root, audience=own)
        record.consulted("sample.viewed", by=actor, root=root)
        record.happened("sample.printed", by=actor, root=root)
    assert written()[-2:] == [(root, None, None, None), (root, own, None, None)]


def test_an_edit_is_one_row_for_everyone(story):
    root = story.open()
    before = len(written())
    with story.ann.acting() as actor:
        record.edited("sample.edited", by=actor, root=root, changes={"title": ["a", "b"]})
    assert written()[before:] == [(root, None, None, None)]


def test_a_share_that_is_given_and_one_that_is_taken_are_rows_for_their_principal(story):
    root = story.open()
    share = story.share(root, story.bob)
    story.revoke(share, by=story.ann)
    group = story.bob.membership.group_id
    assert written()[-2:] == [(root, None, group, None), (root, None, group, None)]


def test_an_office_that_is_filled_and_one_that_is_left_are_rows_for_the_membership(story):
    holder = appoint(story, story.bob)
    with as_owner():
        OfficeHolder.objects.filter(pk=holder.pk).update(ends_at=story.house.now)
    assert written()[-2:] == [(None, None, None, story.bob.membership.pk)] * 2


@WALLS
def test_a_change_for_everyone_reaches_whoever_sees_the_root_and_nobody_else(story, wall):
    root = story.open()
    story.share(root, story.bob)
    people = (story.bob, story.ada, story.bea)
    before = [through(person, wall) for person in people]
    note(story.ann, root)
    after = [through(person, wall) for person in people]
    assert [len(now) - len(then) for then, now in zip(before, after, strict=True)] == [1, 0, 0]


@WALLS
def test_a_change_for_another_audience_reaches_nobody_outside_it(story, wall):
    root = story.open()
    story.share(root, story.bob, Level.MANAGE)
    before = through(story.bob, wall)
    note(story.ann, root, audience=story.ann.membership.group_id)
    assert through(story.bob, wall) == before


@WALLS
def test_whoever_lost_sight_reads_that_and_nothing_later(story, wall):
    root = story.open()
    share = story.share(root, story.bob, hours=5)
    story.hours_pass(1)
    story.revoke(share, by=story.ann)
    lost = through(story.bob, wall)
    assert len(lost) == 2
    note(story.ann, root)
    story.share(root, story.bea)
    assert through(story.bob, wall) == lost


@WALLS
def test_a_share_that_came_and_went_before_the_office_was_taken_over_is_no_row(story, wall):
    root = story.open()
    office = story.house.office(OfficeKind.COORDINATOR, "BB")
    share = story.share(root, story.bea, principal=office.group_id)
    story.hours_pass(1)
    story.revoke(share, by=story.ann)
    story.hours_pass(1)
    appoint(story, story.bob)
    assert len(through(story.bob, wall)) == 1, "the appointment, and no share"
    assert len(through(story.bea, wall)) == 3, "and both shares"


@WALLS
def test_what_an_office_was_given_and_lost_after_it_was_left_is_no_row(story, wall):
    office = story.house.office(OfficeKind.COORDINATOR, "BB")
    root = story.open()
    share = story.share(root, story.bea, principal=office.group_id)
    story.hours_pass(1)
    with as_owner():
        OfficeHolder.objects.filter(office=office).update(ends_at=story.house.now)
    left = through(story.bea, wall)
    story.hours_pass(1)
    story.revoke(share, by=story.ann)
    story.share(root, story.bea, principal=office.group_id)
    assert through(story.bea, wall) == left


@WALLS
def test_what_one_transaction_gave_and_took_was_never_there(story, wall):
    root = story.open()
    story.revoke(story.share(root, story.bob), by=story.ann)
    assert through(story.bob, wall) == []


def test_nobody_reads_a_row_without_acting(story):
    root = story.open()
    note(story.ann, root)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_change")
        assert cursor.fetchone() == (0,)
