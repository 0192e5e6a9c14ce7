"""The state table of a case, through its actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases import actions, states
from cases.choices import Status
from cases.models import Case
from foundation import access
from foundation.tenancy.actors import Actor
from foundation.workflow.states import Transition, TransitionNotAllowed
from tests.cases.cast import CaseWorld
from tests.people import Person

Move = Callable[[CaseWorld, Case, Actor], Case]

MOVES: dict[str, Move] = {
    "submit": lambda w, c, a: actions.submit(case=c, version=c.version, by=a, at=w.now),
    "nominate": lambda w, c, a: actions.mark_nominated(case=c, by=a, at=w.now),
    "release": lambda w, c, a: actions.mark_released(case=c, by=a, at=w.now),
    "select": lambda w, c, a: actions.mark_selected(case=c, by=a, at=w.now),
    "coordinate": lambda w, c, a: actions.coordinate(case=c, version=c.version, by=a, at=w.now),
    "close": lambda w, c, a: actions.close(case=c, reason="r", version=c.version, by=a, at=w.now),
    "reopen": lambda w, c, a: actions.reopen(case=c, reason="r", version=c.version, by=a, at=w.now),
    "archive": lambda w, c, a: actions.archive(case=c, version=c.version, by=a, at=w.now),
}


def mover(world: CaseWorld, name: str) -> Person:
    return world.desk if name == "select" else world.ann


def test_every_transition_has_an_action_here() -> None:
    assert set(MOVES) == {transition.name for transition in states.TRANSITIONS}


@pytest.mark.parametrize("status", sorted(Status.values))
@pytest.mark.parametrize("transition", states.TRANSITIONS, ids=lambda t: t.name)
def test_a_transition_works_from_its_sources_and_from_nowhere_else(
    world: CaseWorld, transition: object, status: str
) -> None:
    assert isinstance(transition, Transition)
    case = world.in_status(status)
    if transition.name == "coordinate" and status == Status.SELECTED:
        world.accept(world.invite(case))
    if transition.name == "select":
        world.share(case, world.desk)

    with mover(world, transition.name).acting() as actor:
        if status in transition.sources:
            MOVES[transition.name](world, case, actor)
        else:
            with pytest.raises(TransitionNotAllowed):
                MOVES[transition.name](world, case, actor)
        after = Case.objects.visible_to(actor).get(pk=case.pk)

    assert after.status == (transition.target if status in transition.sources else status)


@pytest.mark.parametrize("transition", states.TRANSITIONS, ids=lambda t: t.name)
def test_a_viewer_may_not_move_a_case(world: CaseWorld, transition: object) -> None:
    assert isinstance(transition, Transition)
    case = world.in_status(min(transition.sources))
    world.share(case, world.stranger, access.Level.VIEW)

    with world.stranger.acting() as actor, pytest.raises(access.Forbidden):
        MOVES[transition.name](world, case, actor)


@pytest.mark.parametrize("name", sorted(MOVES))
def test_a_stranger_finds_no_case_to_move(world: CaseWorld, name: str) -> None:
    case = world.open()

    with world.stranger.acting() as actor, pytest.raises(Case.DoesNotExist):
        MOVES[name](world, case, actor)


def test_the_case_desk_can_release_and_select_what_was_nominated(world: CaseWorld) -> None:
    case = world.nominated()

    with world.desk.acting() as actor:
        actions.mark_released(case=case, by=actor, at=world.now)

    with world.ann.acting() as actor:
        assert Case.objects.visible_to(actor).get(pk=case.pk).status == Status.OPEN


def test_a_case_with_an_unanswered_invitation_is_not_closed(world: CaseWorld) -> None:
    case = world.open()
    world.invite(case)

    with world.ann.acting() as actor, pytest.raises(actions.UnableToClose):
        actions.close(case=case, reason="r", version=case.version, by=actor, at=world.now)


def test_a_declined_invitation_does_not_keep_a_case_open(world: CaseWorld) -> None:
    case = world.open()
    invitation = world.invite(case)
    world.decline(invitation)

    with world.ann.acting() as actor:
        actions.close(case=case, reason="r", version=case.version, by=actor, at=world.now)


def test_coordination_needs_a_second_partner(world: CaseWorld) -> None:
    case = world.selected()

    with world.ann.acting() as actor, pytest.raises(actions.UnableToCoordinate):
        actions.coordinate(case=case, version=case.version, by=actor, at=world.now)


def test_the_first_proceeding_of_a_second_partner_begins_coordination(world: CaseWorld) -> None:
    case = world.selected()
    world.accept(world.invite(case))

    with world.mira.acting() as actor:
        actions.record_proceeding(
            case=case,
            authority=world.mira.membership.authority,
            stage="investigation",
            opened_date=None,
            state_of_play="",
            by=actor,
            at=world.now,
        )
        assert Case.objects.visible_to(actor).get(pk=case.pk).status == Status.COORDINATED


def test_an_old_version_moves_nothing(world: CaseWorld) -> None:
    case = world.open()

    with world.ann.acting() as actor, pytest.raises(access.StaleVersion):
        actions.close(case=case, reason="r", version=case.version - 1, by=actor, at=world.now)
