"""Tasks."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases import notices
from cases.actions.cases import demand_at_work
from cases.models import Case, Task
from cases.permissions import CasePermission
from cases.queries.participants import assignable
from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal


class UnableToGiveTask(Refusal):
    """The task cannot be given; the message is fit for the user."""


class UnableToMoveTask(Refusal):
    """The task cannot be acknowledged, finished or withdrawn; the message is fit for the user."""


@action
def give_task(*, case: Case, assignee: int, title: str, text: str, due_at: datetime, by: Actor, at: datetime) -> Task:
    """Ask a partner, authority, office or person at work on the case to do something by an instant (UTC).

    Who may: contributors with cases.contribute. Raises Forbidden, UnableToEdit, UnableToGiveTask.
    """
    case = Case.objects.visible_to(by).get(pk=case.pk)
    access.require(by, CasePermission.CONTRIBUTE, case)
    demand_at_work(case)
    if due_at <= at:
        raise UnableToGiveTask(_("The due time lies in the past."))
    names = {principal.group_id: principal.name for principal in assignable(case.pk, by)}
    if assignee not in names:
        raise UnableToGiveTask(_("Nobody there can work on this case. Share the case first."))
    task = Task.objects.create(
        root_id=case.pk,
        assignee_id=assignee,
        title=title,
        text=text,
        due_at=due_at,
        given_at=at,
        given_by_id=by.membership_id,
    )
    access.touch(by=by, root_id=case.pk)
    changes = {"task": title, "assignee": names[assignee], "due_at": due_at}
    record.changed("cases.task.given", by=by, root=case.pk, changes=changes)
    notices.task_given(task, by=by, at=at)
    return task


@action
def acknowledge_task(*, task: Task, by: Actor, at: datetime) -> Task:
    """Say that the task was seen and will be done.

    Who may: whoever it was given to, as a contributor. Raises Forbidden, UnableToMoveTask.
    """
    task = _own_unfinished(task, by)
    if task.acknowledged_at is not None:
        raise UnableToMoveTask(_("This task is acknowledged already."))
    task.acknowledged_at, task.acknowledged_by_id = at, by.membership_id
    task.save(update_fields=["acknowledged_at", "acknowledged_by"])
    _record("cases.task.acknowledged", task, by)
    return task


@action
def finish_task(*, task: Task, by: Actor, at: datetime) -> Task:
    """Say that the task is done; whoever gave it is told.

    Who may: whoever it was given to, as a contributor. Raises Forbidden, UnableToMoveTask.
    """
    task = _own_unfinished(task, by)
    task.done_at, task.done_by_id = at, by.membership_id
    task.save(update_fields=["done_at", "done_by"])
    _record("cases.task.done", task, by)
    notices.task_done(task, by=by, at=at)
    return task


@action
def withdraw_task(*, task: Task, by: Actor, at: datetime) -> Task:
    """Take an unfinished task back.

    Who may: people of the authority that gave it, as contributors. Raises Forbidden, UnableToMoveTask.
    """
    task = _unfinished(task, by)
    if task.given_by.authority_id != by.authority_id:
        raise UnableToMoveTask(_("Only the authority that gave a task can withdraw it."))
    task.withdrawn_at, task.withdrawn_by_id = at, by.membership_id
    task.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("cases.task.withdrawn", task, by)
    return task


def _unfinished(task: Task, by: Actor) -> Task:
    task = Task.objects.visible_to(by).get(pk=task.pk)
    access.require(by, CasePermission.CONTRIBUTE, task)
    task = Task.objects.select_for_update(of=("self",)).select_related("given_by").get(pk=task.pk)
    if task.finished:
        raise UnableToMoveTask(_("This task is done or withdrawn already."))
    return task


def _own_unfinished(task: Task, by: Actor) -> Task:
    task = _unfinished(task, by)
    if task.assignee_id not in by.principals:
        raise UnableToMoveTask(_("This task was given to somebody else."))
    return task


def _record(verb: str, task: Task, by: Actor) -> None:
    access.touch(by=by, root_id=task.root_id)
    record.changed(verb, by=by, root=task.root_id, changes={"task": task.title})
