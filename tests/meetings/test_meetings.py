from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from foundation import access
from foundation.access import Level
from foundation.notifications.models import Notice
from foundation.tenancy.choices import OfficeKind, Role
from foundation.workflow.states import TransitionNotAllowed
from meetings import actions, queries, states
from meetings.choices import Status
from meetings.models import AgendaItem, Decision, Meeting
from meetings.refusals import UnableToArrange, UnableToDecide

pytestmark = pytest.mark.django_db

MOVES: dict[str, Callable[..., Meeting]] = {"start": actions.start, "close": actions.close, "cancel": actions.cancel}


def called(person, plan):
    with person.acting() as by:
        return actions.call(**plan, by=by, at=timezone.now())


def in_status(meeting, status, as_owner):
    with as_owner():
        Meeting.objects.filter(pk=meeting.pk).update(status=status)
        meeting.refresh_from_db()
    return meeting


def test_a_called_meeting_is_seen_by_every_seat_and_run_by_any_desk_officer(house, desk, seat, plan):
    colleague = house.person(
        "Colleague", "EUROJUST", Role.CASE_OFFICER, authority="Case desk", offices=(OfficeKind.CASE_DESK,)
    )
    meeting = called(desk, plan)
    with seat.acting() as by:
        assert Meeting.objects.visible_to(by).get().root.title == plan["title"]
        assert access.level(by, meeting.pk) == Level.VIEW
    with colleague.acting() as by:
        assert actions.start(meeting=meeting, version=1, by=by, at=timezone.now()).status == Status.RUNNING


def test_the_seats_are_told_of_a_called_meeting(desk, seat, plan):
    meeting = called(desk, plan)
    with seat.acting() as by:
        assert list(Notice.objects.visible_to(by).values_list("kind", "root")) == [
            ("meetings.meeting.called", meeting.pk)
        ]


def test_a_prosecutor_without_a_seat_does_not_see_a_meeting(house, desk, plan):
    called(desk, plan)
    with house.person("Prosecutor", "MK").acting() as by:
        assert not Meeting.objects.visible_to(by).exists()


def test_a_seat_holder_calls_no_meeting(seat, plan):
    with seat.acting() as by, pytest.raises(access.Forbidden):
        actions.call(**plan, by=by, at=timezone.now())


def test_a_seat_holder_changes_nothing(desk, seat, plan):
    meeting = called(desk, plan)
    with seat.acting() as by:
        with pytest.raises(access.Forbidden):
            actions.start(meeting=meeting, version=1, by=by, at=timezone.now())
        with pytest.raises(access.Forbidden):
            actions.add_item(meeting=meeting, title="Mine", by=by, at=timezone.now())


def test_a_change_with_an_old_version_is_refused(desk, plan):
    meeting = called(desk, plan)
    with desk.acting() as by:
        actions.change(meeting=meeting, **{**plan, "place": "Ohrid"}, version=1, by=by, at=timezone.now())
        with pytest.raises(access.StaleVersion):
            actions.change(meeting=meeting, **plan, version=1, by=by, at=timezone.now())
        assert Meeting.objects.visible_to(by).get().place == "Ohrid"


@pytest.mark.parametrize("transition", states.TRANSITIONS, ids=lambda t: t.name)
@pytest.mark.parametrize("status", Status.values)
def test_a_meeting_moves_only_along_its_table(desk, plan, as_owner, transition, status):
    meeting = in_status(called(desk, plan), status, as_owner)
    extra = {"reason": "Nobody could come"} if transition.needs_reason else {}
    with desk.acting() as by:
        if status in transition.sources:
            MOVES[transition.name](meeting=meeting, version=1, by=by, at=timezone.now(), **extra)
        else:
            with pytest.raises(TransitionNotAllowed):
                MOVES[transition.name](meeting=meeting, version=1, by=by, at=timezone.now(), **extra)
        expected = transition.target if status in transition.sources else status
        assert Meeting.objects.visible_to(by).get().status == expected


@pytest.mark.parametrize("status", [Status.HELD, Status.CANCELLED])
def test_the_agenda_of_a_meeting_that_is_over_is_fixed(desk, plan, as_owner, status):
    meeting = in_status(called(desk, plan), status, as_owner)
    with desk.acting() as by, pytest.raises(UnableToArrange):
        actions.add_item(meeting=meeting, title="Late", by=by, at=timezone.now())


def test_the_agenda_is_numbered_by_what_its_reader_sees(desk, seat, plan):
    """A root that the seat does not see stands between two items that it sees."""
    meeting = called(desk, plan)
    with desk.acting() as by:
        now = timezone.now()
        actions.add_item(meeting=meeting, title="Opening", by=by, at=now)
        secret = access.open_root(by=by, kind="nomination", reference="N-2026-SECRET", title="Secret")
        actions.add_item(meeting=meeting, root_id=secret, by=by, at=now)
        actions.add_item(meeting=meeting, title="Any other business", by=by, at=now)
        assert [(line.number, line.title) for line in queries.agenda(meeting, actor=by)] == [
            (1, "Opening"),
            (2, "Secret"),
            (3, "Any other business"),
        ]
    with seat.acting() as by:
        lines = queries.agenda(meeting, actor=by)
        assert [(line.number, line.title) for line in lines] == [(1, "Opening"), (2, "Any other business")]
        assert (lines[0].first, lines[-1].last) == (True, True)


def test_items_change_places(desk, plan):
    meeting = called(desk, plan)
    with desk.acting() as by:
        now = timezone.now()
        first, second, third = (actions.add_item(meeting=meeting, title=t, by=by, at=now) for t in "ABC")
        actions.move_item(item=third, up=True, by=by, at=now)
        actions.move_item(item=first, up=False, by=by, at=now)
        assert [line.title for line in queries.agenda(meeting, actor=by)] == ["C", "A", "B"]
        with pytest.raises(UnableToArrange):
            actions.move_item(item=second, up=False, by=by, at=now)


def test_an_item_is_decided_once(desk, plan):
    meeting = called(desk, plan)
    with desk.acting() as by:
        item = actions.add_item(meeting=meeting, title="Minutes", by=by, at=timezone.now())
        actions.decide(item=item, outcome="agreed", text="", by=by, at=timezone.now())
        with pytest.raises(UnableToDecide):
            actions.decide(item=item, outcome="noted", text="", by=by, at=timezone.now())
        with pytest.raises(UnableToArrange):
            actions.take_off(item=item, by=by, at=timezone.now())
        assert queries.agenda(meeting, actor=by)[0].outcome == "Agreed"
        assert Decision.objects.visible_to(by).count() == 1


def test_a_cancelled_meeting_decides_nothing(desk, plan):
    meeting = called(desk, plan)
    with desk.acting() as by:
        item = actions.add_item(meeting=meeting, title="Minutes", by=by, at=timezone.now())
        actions.cancel(meeting=meeting, reason="Snow", version=1, by=by, at=timezone.now())
        with pytest.raises(UnableToDecide):
            actions.decide(item=item, outcome="agreed", text="", by=by, at=timezone.now())


def test_an_undecided_item_can_be_taken_off(desk, plan):
    meeting = called(desk, plan)
    with desk.acting() as by:
        item = actions.add_item(meeting=meeting, title="Mistake", by=by, at=timezone.now())
        actions.take_off(item=item, by=by, at=timezone.now())
        assert not AgendaItem.objects.visible_to(by).exists()


def test_a_meeting_ends_after_it_starts(desk, plan):
    plan["ends_at"] = plan["starts_at"] - timedelta(hours=1)
    with pytest.raises(IntegrityError, match="runs_forward"):
        called(desk, plan)
