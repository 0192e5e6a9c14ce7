"""Two at once: votes of one partner come one after the other, and neither vote nor recusal slips in behind the closing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection

from contactgroup import actions
from contactgroup.models import Nomination, Recusal, Turnout, Vote
from contactgroup.refusals import UnableToRecuse, UnableToVote
from foundation.workflow.states import TransitionNotAllowed
from tests.contactgroup.conftest import World

pytestmark = pytest.mark.commits


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run these in threads that begin together; answers are results or refusals."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return act()
        except (TransitionNotAllowed, UnableToRecuse, UnableToVote) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_votes_of_one_partner_at_once_are_both_on_record():
    world = World()
    nomination = world.open_vote(world.nominate(world.case("MK")))
    world.members  # noqa: B018 - at work before the threads begin
    at_once(lambda: world.vote(nomination, AL="for"), lambda: world.vote(nomination, AL="against"))
    with world.members["AL"].acting() as by:
        assert sorted(Vote.objects.visible_to(by).values_list("sequence", flat=True)) == [1, 2]


def test_a_vote_that_waits_for_the_closing_is_refused():
    world = World()
    nomination = world.open_vote(world.nominate(world.case("MK")))
    world.members  # noqa: B018 - at work before the threads begin
    closing = Event()

    def close() -> None:
        with world.desk.acting() as by:
            version = Nomination.objects.visible_to(by).get().version
            actions.close_voting(nomination=nomination, version=version, by=by, at=world.now)
            closing.set()
            # Long enough for the vote to reach the lock before this transaction ends.
            connection.cursor().execute("SELECT pg_sleep(0.5)")

    def vote() -> None:
        closing.wait(timeout=10)
        world.vote(nomination, AL="for")

    _closed, voted = at_once(close, vote)
    assert isinstance(voted, TransitionNotAllowed)
    with world.desk.acting() as by:
        assert not Vote.objects.visible_to(by).exists()


def test_a_recusal_that_waits_for_the_closing_is_refused_and_the_count_stays():
    world = World()
    nomination = world.open_vote(world.nominate(world.case("MK")))
    world.vote(nomination, AL="for", MK="for")
    closing = Event()

    def close() -> None:
        with world.desk.acting() as by:
            version = Nomination.objects.visible_to(by).get().version
            actions.close_voting(nomination=nomination, version=version, by=by, at=world.now)
            closing.set()
            # Long enough for the recusal to reach the lock before this transaction ends.
            connection.cursor().execute("SELECT pg_sleep(0.5)")

    def recuse() -> object:
        closing.wait(timeout=10)
        return world.recuse(nomination, "AL", "partner")

    _closed, recused = at_once(close, recuse)
    assert isinstance(recused, TransitionNotAllowed)
    assert (world.counts(nomination).votes_for, world.counts(nomination).recused) == (2, 0)


def test_a_recusal_counts_in_the_vote_that_is_opened_at_the_same_moment():
    world = World()
    nomination = world.nominate(world.case("MK"))
    world.as_desk(actions.put_on_agenda, nomination, meeting=world.meeting())
    world.members  # noqa: B018 - at work before the threads begin
    at_once(
        lambda: world.recuse(nomination, "MK", "partner"),
        lambda: world.as_desk(actions.open_voting, nomination, closes_at=None),
    )
    world.as_desk(actions.close_voting, nomination)
    assert world.counts(nomination).recused == 1


def test_two_recusals_of_one_person_at_once_are_one():
    world = World()
    nomination = world.open_vote(world.nominate(world.case("MK")))
    world.members  # noqa: B018 - at work before the threads begin
    done = at_once(lambda: world.recuse(nomination, "AL"), lambda: world.recuse(nomination, "AL"))
    assert sorted(type(one).__name__ for one in done) == ["Recusal", "UnableToRecuse"]
    with world.desk.acting() as by:
        assert Recusal.objects.visible_to(by).count() == 1


def test_whoever_votes_and_is_recused_at_once_has_no_voice_that_stands():
    world = World()
    nomination = world.open_vote(world.nominate(world.case("MK")))
    world.members  # noqa: B018 - at work before the threads begin
    at_once(lambda: world.recuse(nomination, "AL"), lambda: world.vote(nomination, AL="for"))
    with world.desk.acting() as by:
        assert not Turnout.objects.visible_to(by).get(partner__code="AL").stands
    world.as_desk(actions.close_voting, nomination)
    assert world.counts(nomination).votes_for == 0
