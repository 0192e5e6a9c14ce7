"""Transactions that end in another order than they began: none is passed by. And places that lead nowhere any more."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from cases import actions
from cases.models import Case
from foundation import access
from foundation.access import Level, Reason, feed, feed_keeping
from foundation.access.feed_places import Place, PlaceTooOld
from foundation.access.models import Change
from tests.api.cast import Caller
from tests.bed import databases
from tests.bed.sides import as_owner
from tests.changes.follower import CHANGES, Follower

pytestmark = pytest.mark.commits


@contextmanager
def beside(work, person):
    """Do it in a session of its own, whose transaction stays open until the end of the block."""
    done, over, failures = threading.Event(), threading.Event(), []

    def run():
        try:
            with person.acting() as by:
                work(by)
                done.set()
                assert over.wait(30)
        except Exception as error:
            failures.append(error)
        finally:
            done.set()
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    assert done.wait(30)
    try:
        yield
    finally:
        over.set()
        thread.join(30)
    assert failures == []


def note(world, case):
    def write(by):
        actions.write_note(case=case, text="For all", audience="everyone", by=by, at=timezone.now())

    return write


def test_an_older_transaction_that_commits_later_is_not_passed_by(world, register):
    older, younger = world.known(title="Older"), world.known(title="Younger")
    register.follow()
    with beside(note(world, older), world.ann):
        with world.ann.acting() as by:
            note(world, younger)(by)
        with as_owner():
            committed = list(Change.objects.order_by("-xid").values_list("root", flat=True)[:1])
        assert committed == [younger.pk]
        assert register.told() == [], "nothing is told above a transaction that is still at work"
    assert [key for key, _gone in register.told()] == [str(older.pk), str(younger.pk)]


def test_a_share_that_is_committed_later_than_a_change_brings_the_record_as_it_is_then(world, register):
    case = world.open()
    share = lambda _by: world.share(case, world.register, Level.VIEW)  # noqa: E731 - it opens its own context
    with beside(share, world.ann):
        with world.ann.acting() as by:
            note(world, case)(by)
        assert register.told() == []
    assert register.told() == [(str(case.pk), False)]


def test_a_transaction_that_is_undone_is_never_told(world, register):
    case = world.known()
    register.follow()
    with world.ann.acting() as by:
        note(world, case)(by)
        transaction.set_rollback(True)
    assert register.told() == []


def test_whoever_works_in_another_database_holds_nothing_up(world, register):
    with psycopg.connect(databases.address("DATABASE_OWNER_URL", "postgres")) as elsewhere:
        assert elsewhere.execute("SELECT pg_current_xact_id()").fetchone()
        case = world.known()
        assert register.told() == [(str(case.pk), False)]
        elsewhere.rollback()


def test_since_an_instant_tells_what_changed_and_what_is_gone_since(world):
    case = world.known(title="Before")
    lost = world.open(title="Lost")
    with world.ann.acting() as by:
        world_share = feed_share(by, lost, world.register)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE access_change SET at = at - interval '3 hours'")
    since = timezone.now()
    caller = Caller(world.grant().secret)
    follower = Follower(caller)
    assert follower.follow(f"{CHANGES}?updated_since={since:%Y-%m-%dT%H:%M:%SZ}") == []
    with world.ann.acting() as by:
        note(world, case)(by)
        feed_revoke(by, world_share)
    again = Follower(caller)
    told = again.follow(f"{CHANGES}?updated_since={since:%Y-%m-%dT%H:%M:%SZ}")
    assert sorted((item["id"], item["gone"]) for item in told) == sorted([(str(case.pk), False), (str(lost.pk), True)])


def test_since_an_instant_from_before_the_feed_began_is_too_old(world):
    world.known()
    caller = Caller(world.grant().secret)
    since = timezone.now() - timedelta(minutes=5)
    assert too_old(caller.get(f"{CHANGES}?updated_since={since:%Y-%m-%dT%H:%M:%SZ}"))


def test_much_that_concerns_others_is_walked_in_pages_and_passed_by(world, register):
    strangers = world.open(title="Not for the register")
    seen = world.known(title="Known")
    register.follow()
    for number, moves in ((400, False), (200, True), (2500, True)):
        before = register.place
        busy(strangers.pk, number)
        pages = list(register.pages())
        assert all(page["items"] == [] for page in pages)
        assert (register.place != before) == moves
    assert len(pages) == 3, "each walks a thousand rows"
    busy(strangers.pk, 2500)
    with world.ann.acting() as by:
        note(world, seen)(by)
    assert register.told() == [(str(seen.pk), False)]


def busy(root, number):
    """So many changes of a record."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT access_changed(%s, NULL, NULL, NULL) FROM generate_series(1, %s)", [root, number])


def feed_share(by, case, person):
    return access.grant(
        by=by, root_id=case.pk, principal=person.membership.group_id, level=Level.VIEW, reason=Reason.SHARE
    )


def feed_revoke(by, share_id):
    access.revoke(by=by, share_id=share_id)


def too_old(answer):
    said = answer.json()
    return (answer.status_code, said["type"]) == (410, "urn:wbcj:problem:place-too-old")


def test_a_place_older_than_what_is_kept_leads_nowhere(world, register):
    aged(register, world, days=89)
    assert register.caller.get(f"{CHANGES}?after={register.place}").status_code == 200
    aged(register, world, days=91)
    assert too_old(register.caller.get(f"{CHANGES}?after={register.place}"))
    assert too_old(register.caller.get(f"{CHANGES}?updated_since=2026-01-01T00:00:00Z"))
    assert Follower(register.caller).follow() == []


def aged(follower, world, *, days):
    """The place as it was given so many days ago."""

    key = world.register.membership.pk
    place = Place.opened(follower.place, key)
    day = timezone.now().date() - timedelta(days=days)
    follower.place = place.moved(day=day).sealed(key)


def test_a_place_moves_on_by_the_day_where_nothing_happens(world, register):
    aged(register, world, days=80)
    assert register.told() == []
    before = register.place
    assert register.told() == []
    assert register.place == before
    aged(register, world, days=0)
    assert register.place == before


def test_a_place_of_another_membership_is_none(world, register, foreign):
    assert foreign.caller.get(f"{CHANGES}?after={register.place}").status_code == 422


def test_a_place_of_another_life_of_the_database_leads_nowhere(world, register):

    key = world.register.membership.pk
    place = Place.opened(register.place, key)
    for other in (place.moved(life="000000000000"), place.moved(xid=place.xid + 10**9)):
        assert too_old(register.caller.get(f"{CHANGES}?after={other.sealed(key)}"))


def test_old_rows_are_deleted_and_what_is_kept_is_told(world, register):
    case = world.known()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_change SET at = at - interval '93 days' WHERE root IS DISTINCT FROM %s", [case.pk]
        )
        kept = Change.objects.filter(root=case.pk).count()
    assert feed_keeping.forget_old(at=timezone.now()) > 0
    assert feed_keeping.forget_old(at=timezone.now()) == 0
    with as_owner():
        assert Change.objects.count() == kept
    assert register.told() == [(str(case.pk), False)]


def counted(_by=None):
    """Make the transaction one that is counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")


def test_a_place_above_the_horizon_of_this_moment_is_not_too_old(world):
    """The horizon steps back for a moment when a transaction of another database ends; no place is lost by that."""
    with beside(counted, world.ann):
        with world.ann.acting():
            counted()
        with world.ann.acting() as actor:
            place = feed.begin(actor, kinds=[Case.ROOT_KIND])
            with connection.cursor() as cursor:
                cursor.execute("SELECT access_feed_horizon(), pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                horizon, newest = cursor.fetchone()
            assert horizon < newest
            feed.changes(actor, place=place.moved(xid=newest), kinds=[Case.ROOT_KIND], limit=5)
            with pytest.raises(PlaceTooOld):
                feed.changes(actor, place=place.moved(xid=newest + 1000), kinds=[Case.ROOT_KIND], limit=5)
