"""The operational action plan: its phases, and which party does what in them."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.notifications.kinds import Kind
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership
from foundation.workflow.actions import action
from jits import notices, states
from jits.choices import TaskState
from jits.measure import Measure
from jits.models import Jit, JitParty, JitPhase, JitTask
from jits.queries.parties import own_party
from jits.queries.people import people_of
from jits.refusals import UnableToPlan

_CHANGED: Final = ("changed_at", "changed_by", "version")
_SETTLED: Final = ("state", "outcome", "settled_at", "settled_by", *_CHANGED)


@action
def add_phase(*, jit: Jit, title: str, by: Actor, at: datetime) -> JitPhase:
    """Add a phase at the end of the plan.

    Who may: the parties' people who contribute. Raises Forbidden, TransitionNotAllowed, UnableToDecide.
    """
    jit = _plan_of(jit.pk, by=by)
    last = JitPhase.objects.visible_to(by).of(jit.pk).aggregate(last=Max("position"))["last"] or 0
    phase = JitPhase.objects.create(
        root_id=jit.pk, position=last + 1, title=title, changed_at=at, changed_by_id=by.membership_id
    )
    access.touch(by=by, root_id=jit.pk)
    record.changed("jits.phase.added", by=by, root=jit.pk, changes={"title": title})
    return phase


@action
def rename_phase(*, phase: JitPhase, title: str, version: int, by: Actor, at: datetime) -> JitPhase:
    """Give a phase another name.

    Who may: the parties' people who contribute. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    phase = JitPhase.objects.visible_to(by).get(pk=phase.pk)
    jit = _plan_of(phase.root_id, by=by)
    phase = access.locked(phase, version=version)
    phase.title = title
    _stamp(phase, by=by, at=at)
    phase.save(update_fields=["title", *_CHANGED])
    access.touch(by=by, root_id=jit.pk)
    record.changed("jits.phase.renamed", by=by, root=jit.pk, changes={"title": title})
    return phase


@action
def add_task(*, jit: Jit, measure: Measure, by: Actor, at: datetime) -> JitTask:
    """Write down what a party does in a phase; whoever is named responsible is told.

    Who may: the parties' people who contribute. Raises Forbidden, TransitionNotAllowed, UnableToDecide, UnableToPlan.
    """
    jit = _plan_of(jit.pk, by=by)
    phase, party, person = _found(measure, jit, by=by)
    _demand_to_come(measure.due_at, at)
    task = JitTask.objects.create(
        root_id=jit.pk,
        phase=phase,
        party=party,
        title=measure.title,
        text=measure.text,
        responsible=person,
        due_at=measure.due_at,
        written_by_id=by.membership_id,
        changed_at=at,
        changed_by_id=by.membership_id,
    )
    _told("jits.task.added", notices.TASK_GIVEN, task, person, jit=jit, by=by, at=at)
    return task


@action
def change_task(*, task: JitTask, measure: Measure, version: int, by: Actor, at: datetime) -> JitTask:
    """Change an open task. Who is named anew is told of the task, who was responsible already of the change.

    Who may: the parties' people who contribute. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToPlan.
    """
    task, jit = _task_for(task, version=version, by=by)
    _demand_open(task)
    phase, party, person = _found(measure, jit, by=by)
    if task.due_at != measure.due_at:
        _demand_to_come(measure.due_at, at)
    named_anew = person is not None and person.pk != task.responsible_id
    task.phase, task.party, task.responsible = phase, party, person
    task.title, task.text, task.due_at = measure.title, measure.text, measure.due_at
    _stamp(task, by=by, at=at)
    task.save(update_fields=["phase", "party", "responsible", "title", "text", "due_at", *_CHANGED])
    kind = notices.TASK_GIVEN if named_anew else notices.TASK_CHANGED
    _told("jits.task.changed", kind, task, person, jit=jit, by=by, at=at)
    return task


@action
def finish_task(*, task: JitTask, outcome: str, version: int, by: Actor, at: datetime) -> JitTask:
    """Say that an open task is done, and what came of it; whoever wrote it is told.

    Who may: the parties' people who contribute. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToPlan.
    """
    task, jit = _settle(task, TaskState.DONE, outcome, version=version, by=by, at=at)
    writer = Membership.objects.get(pk=task.written_by_id)
    _told("jits.task.done", notices.TASK_DONE, task, writer, jit=jit, by=by, at=at)
    return task


@action
def drop_task(*, task: JitTask, reason: str, version: int, by: Actor, at: datetime) -> JitTask:
    """Drop an open task for a reason that stays in the plan; whoever is responsible is told.

    Who may: the parties' people who contribute. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToPlan.
    """
    task, jit = _settle(task, TaskState.DROPPED, reason, version=version, by=by, at=at)
    _told("jits.task.dropped", notices.TASK_CHANGED, task, task.responsible, jit=jit, by=by, at=at)
    return task


@action
def reopen_task(*, task: JitTask, version: int, by: Actor, at: datetime) -> JitTask:
    """Open a task again that was done or dropped. What came of it stays on record; whoever is responsible is told.

    Who may: the parties' people who contribute. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToPlan.
    """
    task, jit = _task_for(task, version=version, by=by)
    if task.state == TaskState.OPEN:
        raise UnableToPlan(_("This task is open already."))
    before, task.outcome = task.outcome, ""
    task.state, task.settled_at, task.settled_by = TaskState.OPEN, None, None
    _stamp(task, by=by, at=at)
    task.save(update_fields=_SETTLED)
    _told("jits.task.reopened", notices.TASK_CHANGED, task, task.responsible, jit=jit, by=by, at=at, outcome=before)
    return task


def _plan_of(key: UUID, *, by: Actor) -> Jit:
    """The team, whose plan the actor may change now. Raises Jit.DoesNotExist, Forbidden, TransitionNotAllowed, UnableToDecide."""
    jit = Jit.objects.visible_to(by).get(pk=key)
    access.require(by, states.PLAN.permission, jit)
    states.PLAN.check(jit.status)
    states.demand_turn(states.PLAN, jit, own_party(jit, by=by))
    return jit


def _task_for(task: JitTask, *, version: int, by: Actor) -> tuple[JitTask, Jit]:
    task = JitTask.objects.visible_to(by).get(pk=task.pk)
    jit = _plan_of(task.root_id, by=by)
    return access.locked(task, version=version), jit


def _settle(
    task: JitTask, state: TaskState, outcome: str, *, version: int, by: Actor, at: datetime
) -> tuple[JitTask, Jit]:
    task, jit = _task_for(task, version=version, by=by)
    _demand_open(task)
    if not outcome.strip():
        raise UnableToPlan(_("Say what came of it, or why it is dropped."))
    task.state, task.outcome, task.settled_at, task.settled_by_id = state, outcome, at, by.membership_id
    _stamp(task, by=by, at=at)
    task.save(update_fields=_SETTLED)
    return task, jit


def _found(measure: Measure, jit: Jit, *, by: Actor) -> tuple[JitPhase, JitParty, Membership | None]:
    """What a measure names, all of this team. Raises UnableToPlan."""
    phase = JitPhase.objects.visible_to(by).of(jit.pk).filter(pk=measure.phase).first()
    party = JitParty.objects.visible_to(by).of(jit.pk).select_related("partner").filter(pk=measure.party).first()
    if phase is None or party is None:
        raise UnableToPlan(_("Choose a phase of the plan and a party of the team."))
    if measure.responsible is None:
        return phase, party, None
    people = {one.pk: one for one in people_of(jit.pk, actor=by)}
    person = people.get(measure.responsible)
    if person is None or person.authority.partner_id != party.partner_id:
        said = _("Choose somebody who sees the team and works for the party that does it: %(party)s.")
        raise UnableToPlan(said % {"party": party.partner.name})
    return phase, party, person


def _demand_open(task: JitTask) -> None:
    if task.state != TaskState.OPEN:
        raise UnableToPlan(_("This task is done or dropped already. Open it again first."))


def _demand_to_come(due_at: datetime, at: datetime) -> None:
    if due_at <= at:
        raise UnableToPlan(_("The deadline lies in the past."))


def _stamp(row: JitPhase | JitTask, *, by: Actor, at: datetime) -> None:
    row.changed_at, row.changed_by_id, row.version = at, by.membership_id, row.version + 1


def _told(
    verb: str,
    kind: Kind,
    task: JitTask,
    person: Membership | None,
    *,
    jit: Jit,
    by: Actor,
    at: datetime,
    **changes: object,
) -> None:
    access.touch(by=by, root_id=jit.pk)
    record.changed(verb, by=by, root=jit.pk, changes={"task": str(task.pk), "title": task.title, **changes})
    if person is not None and person.pk != by.membership_id:
        notices.tell(kind, [person.group_id], jit=jit, by=by, at=at)
