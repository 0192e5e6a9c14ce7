"""The operational action plan: what its acts do, and for whom they do nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation import access
from foundation.audit.models import Detail
from foundation.notifications.models import Notice
from foundation.workflow.states import TransitionNotAllowed
from jits import actions, states
from jits.choices import Status
from jits.models import Jit, JitPhase, JitTask
from jits.queries.plan import plan
from jits.refusals import UnableToDecide, UnableToPlan

pytestmark = pytest.mark.django_db
MOVES: dict[str, tuple[Callable[..., JitTask], dict[str, str]]] = {
    "finish": (actions.finish_task, {"outcome": "Forty vehicles were found."}),
    "drop": (actions.drop_task, {"reason": "The workshop was left."}),
}


def told(person, kind):
    with person.acting() as by:
        return Notice.objects.visible_to(by).filter(kind=kind).count()


def changed(cast, task, by=None, **other):
    measure = replace(cast.measure(task, person=cast.investigator), due_at=task.due_at, **other)
    return cast.acts(actions.change_task, task, by, measure=measure)


def with_desk(cast, jit):
    office = cast.house.office("case_desk", "EUROJUST")
    return cast.does("AL", actions.invite, jit, office=office.pk, words="Advice.")


def test_people_of_every_party_write_one_plan_that_all_read(cast):
    task = cast.planned()
    cast.phase(cast.team(task), "Action day", by=cast.investigator)
    for person in (cast.people["XK"], cast.investigator):
        with person.acting() as by:
            jit = Jit.objects.visible_to(by).get()
            view = plan(jit, actor=by, at=cast.now)
            assert [(one.phase.title, one.total, one.settled) for one in view.phases] == [
                ("Covert measures", 1, 0), ("Action day", 0, 0),
            ]  # fmt: skip
            line = view.phases[0].lines[0].task
            assert (line.title, line.party.partner.code, line.responsible) == (
                "Search the workshop", "MK", cast.investigator.membership,
            )  # fmt: skip


@pytest.mark.parametrize("status", sorted(set(Status) - states.PLANNED - {Status.IDEA}))
def test_before_the_drafting_and_when_a_team_rests_or_is_over_nothing_is_planned(cast, status):
    jit = cast.in_state(status)
    with pytest.raises(TransitionNotAllowed):
        cast.phase(jit)


def test_an_idea_has_no_plan(cast):
    with pytest.raises(TransitionNotAllowed):
        cast.phase(cast.idea())


def test_every_state_from_the_drafting_on_has_a_plan():
    early = {Status.IDEA, Status.PROPOSED, Status.ASSESSMENT, Status.AGREED}
    assert states.RUNNING - early - {Status.SUSPENDED} == states.PLANNED


@pytest.mark.parametrize("name", sorted(MOVES))
def test_the_plan_of_a_suspended_team_rests_and_goes_on(cast, name):
    task = cast.planned()
    act, words = MOVES[name]
    jit = cast.does("XK", actions.suspend, cast.team(task), reason="Elections.")
    with pytest.raises(TransitionNotAllowed):
        cast.acts(act, task, **words)
    cast.does("XK", actions.resume, jit)
    assert cast.acts(act, task, **words).state != "open"


def test_a_stranger_finds_no_plan(cast):
    task = cast.planned()
    for stranger in (cast.people["RS"], cast.people["ME"]):
        with stranger.acting() as by:
            assert not JitPhase.objects.visible_to(by).exists()
        with pytest.raises(JitTask.DoesNotExist):
            cast.acts(actions.reopen_task, task, stranger)
        with pytest.raises(Jit.DoesNotExist):
            cast.phase(cast.team(task), by=stranger)


def test_a_participant_reads_the_plan_and_changes_nothing(cast):
    task = cast.planned()
    with_desk(cast, cast.team(task))
    with cast.desk.acting() as by:
        jit = Jit.objects.visible_to(by).get()
        view = plan(jit, actor=by, at=cast.now)
        assert (view.may_change, view.phases[0].total) == (False, 1)
    with pytest.raises(access.Forbidden):
        cast.phase(cast.team(task), by=cast.desk)
    for act, words in MOVES.values():
        with pytest.raises(access.Forbidden):
            cast.acts(act, task, cast.desk, **words)
    with pytest.raises(access.Forbidden):
        changed(cast, task, cast.desk)


def test_whoever_is_responsible_is_told_once_and_of_changes_and_never_by_themselves(cast):
    task = cast.planned()
    ivan = cast.investigator
    assert told(ivan, "jits.task.given") == 1
    changed(cast, task, cast.people["XK"], title="Search both workshops")
    changed(cast, task, ivan, title="Search three workshops")
    assert (told(ivan, "jits.task.given"), told(ivan, "jits.task.changed")) == (1, 1)


def test_whoever_wrote_a_task_is_told_that_it_is_done(cast):
    task = cast.planned()
    done = cast.acts(actions.finish_task, task, cast.investigator, outcome="Forty vehicles were found.")
    assert (done.state, done.outcome, done.settled_by_id) == (
        "done", "Forty vehicles were found.", cast.investigator.membership.pk,
    )  # fmt: skip
    assert told(cast.people["AL"], "jits.task.done") == 1
    assert told(cast.investigator, "jits.task.done") == 0


def test_a_dropped_task_says_why_and_can_be_opened_again(cast):
    task = cast.planned()
    dropped = cast.acts(actions.drop_task, task, reason="The workshop was left.")
    assert (dropped.state, dropped.outcome) == ("dropped", "The workshop was left.")
    again = cast.acts(actions.reopen_task, dropped)
    assert (again.state, again.outcome, again.settled_at) == ("open", "", None)
    with cast.people["XK"].acting() as by:
        said = Detail.objects.visible_to(by).of(task.root_id).get(verb="jits.task.reopened")
        assert said.changes["outcome"] == "The workshop was left."


@pytest.mark.parametrize("name", sorted(MOVES))
def test_what_is_settled_is_not_settled_or_changed_again(cast, name):
    act, words = MOVES[name]
    task = cast.acts(act, cast.planned(), **words)
    for again, more in MOVES.values():
        with pytest.raises(UnableToPlan, match="already"):
            cast.acts(again, task, **more)
    with pytest.raises(UnableToPlan, match="already"):
        changed(cast, task)


def test_an_open_task_is_not_opened(cast):
    with pytest.raises(UnableToPlan, match="open already"):
        cast.acts(actions.reopen_task, cast.planned())


@pytest.mark.parametrize("name", sorted(MOVES))
def test_an_end_of_blanks_is_none(cast, name):
    act, words = MOVES[name]
    with pytest.raises(UnableToPlan):
        cast.acts(act, cast.planned(), **dict.fromkeys(words, " \n"))


@pytest.mark.parametrize("code", ["AL", "RS", "ME"])
def test_nobody_of_another_party_or_without_sight_is_responsible(cast, code):
    phase = cast.phase(cast.drafting())
    with pytest.raises(UnableToPlan, match="works for the party"):
        cast.task(phase, party="MK", person=cast.people[code])


def test_phase_and_party_of_another_team_are_not_taken(cast):
    mine, other = cast.phase(cast.drafting()), cast.phase(cast.drafting())
    measure = cast.measure(mine)
    for odd in (replace(measure, phase=other.pk), replace(measure, party=cast.measure(other).party)):
        with cast.people["AL"].acting() as by, pytest.raises(UnableToPlan, match="Choose a phase"):
            actions.add_task(jit=Jit.objects.visible_to(by).get(pk=mine.root_id), measure=odd, by=by, at=cast.now)


def test_a_deadline_lies_ahead_when_it_is_set_and_stays_when_it_has_passed(cast):
    phase = cast.phase(cast.drafting())
    with pytest.raises(UnableToPlan, match="past"):
        cast.task(phase, due_at=cast.now - timedelta(minutes=1))
    task = cast.task(phase)
    later = task.due_at + timedelta(days=1)
    with cast.people["MK"].acting() as by:
        line = plan(Jit.objects.visible_to(by).get(), actor=by, at=later)
        assert (line.overdue, line.phases[0].lines[0].overdue) == (1, True)
        measure = replace(cast.measure(phase, person=cast.investigator), due_at=task.due_at, title="Late")
        actions.change_task(task=task, measure=measure, version=1, by=by, at=later)
    with pytest.raises(UnableToPlan, match="past"):
        cast.acts(actions.change_task, task, measure=replace(measure, due_at=cast.now - timedelta(days=1)))


def test_what_is_settled_is_never_overdue(cast):
    task = cast.acts(actions.finish_task, cast.planned(), outcome="Found.")
    with cast.people["MK"].acting() as by:
        assert plan(Jit.objects.visible_to(by).get(), actor=by, at=task.due_at + timedelta(days=9)).overdue == 0


@pytest.mark.parametrize("name", sorted(MOVES))
def test_an_act_on_an_older_task_is_stale(cast, name):
    act, words = MOVES[name]
    task = cast.planned()
    changed(cast, task, title="Search both workshops")
    with pytest.raises(access.StaleVersion):
        cast.acts(act, task, version=1, **words)
    with pytest.raises(access.StaleVersion):
        cast.acts(actions.change_task, task, version=1, measure=cast.measure(task))


def test_a_phase_gets_another_name_once(cast):
    phase = cast.phase(cast.drafting())
    with cast.people["XK"].acting() as by:
        renamed = actions.rename_phase(phase=phase, title="Action day", version=1, by=by, at=cast.now)
        assert (renamed.title, renamed.version) == ("Action day", 2)
        with pytest.raises(access.StaleVersion):
            actions.rename_phase(phase=phase, title="Trial", version=1, by=by, at=cast.now)


def test_who_works_for_no_party_plans_nothing_although_the_team_is_open_to_them(cast):
    jit = cast.drafting()
    with cast.people["AL"].acting() as by:
        access.grant(by=by, root_id=jit.pk, principal=cast.people["ME"].membership.group_id,
                     level=access.Level.CONTRIBUTE, reason=access.Reason.TEAM)  # fmt: skip
    with pytest.raises(UnableToDecide):
        cast.phase(jit, by=cast.people["ME"])


def test_the_database_keeps_no_end_without_words(cast):
    task = cast.planned()
    with cast.people["MK"].acting() as by, pytest.raises(IntegrityError), transaction.atomic():
        JitTask.objects.visible_to(by).filter(pk=task.pk).update(state="done")


def test_the_plan_takes_the_same_statements_whatever_its_size(cast, django_assert_num_queries):
    first = cast.phase(cast.drafting())
    for phase in (first, first, cast.phase(cast.team(first), "Action day")):
        cast.task(phase)
    with cast.people["AL"].acting() as by:
        jit = Jit.objects.visible_to(by).get()
        with django_assert_num_queries(4):
            plan(jit, actor=by, at=cast.now)
