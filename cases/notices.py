"""Who is told what about a case. A sentence names no case, no person and no title."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.models import Case, Invitation, Task
from foundation.access.models import Share
from foundation.notifications import inbox, kinds
from foundation.notifications.kinds import WITHOUT_OFF, Way
from foundation.tenancy.actors import Actor

kinds.area("cases", _("Cases"))
TASK_GIVEN = kinds.declare("cases.task.given", _("You have been given a task on a case."))
TASK_DONE = kinds.declare("cases.task.done", _("A task that you gave on a case is done."), first=Way.DIGEST)
CASE_CLOSED = kinds.declare("cases.case.closed", _("A case that you work on was closed."), first=Way.DIGEST)
CASE_REOPENED = kinds.declare("cases.case.reopened", _("A case that you work on was reopened."))
INVITED = kinds.declare("cases.invitation.sent", _("Your partner is invited to take part in a case."), ways=WITHOUT_OFF)
NAMED = kinds.declare(
    "cases.invitation.named", _("You were named as responsible prosecutor in a case."), ways=WITHOUT_OFF
)
ANSWERED = kinds.declare("cases.invitation.answered", _("An invitation of your authority was answered."))
WITHDRAWN = kinds.declare("cases.invitation.withdrawn", _("An invitation to your partner was withdrawn."))


def task_given(task: Task, *, by: Actor, at: datetime) -> None:
    """The assignee."""
    inbox.tell(kind=TASK_GIVEN, root_id=task.root_id, principals=[task.assignee_id], by=by, at=at)


def task_done(task: Task, *, by: Actor, at: datetime) -> None:
    """Who gave the task."""
    inbox.tell(kind=TASK_DONE, root_id=task.root_id, principals=[task.given_by.group_id], by=by, at=at)


def moved(kind: kinds.Kind, case: Case, *, by: Actor, at: datetime) -> None:
    """Everyone who works on the case through a share of their own."""
    principals = Share.objects.visible_to(by).live().filter(root_id=case.pk).values_list("principal_id", flat=True)
    inbox.tell(kind=kind, root_id=case.pk, principals=set(principals), by=by, at=at)


def invited(invitation: Invitation, coordinator: int, *, by: Actor, at: datetime) -> None:
    """The invited partner's coordinator."""
    inbox.tell(kind=INVITED, root_id=invitation.pk, principals=[coordinator], by=by, at=at)


def answered(invitation: Invitation, inviting: set[int], *, by: Actor, at: datetime) -> None:
    """The inviting side; and the responsible prosecutor, who sees the invitation and from there the case."""
    inbox.tell(kind=ANSWERED, root_id=invitation.pk, principals=inviting, by=by, at=at)
    if invitation.prosecutor is not None:
        inbox.tell(kind=NAMED, root_id=invitation.pk, principals=[invitation.prosecutor.group_id], by=by, at=at)


def withdrawn(invitation: Invitation, coordinator: int, *, by: Actor, at: datetime) -> None:
    """The coordinator who need not answer any more."""
    inbox.tell(kind=WITHDRAWN, root_id=invitation.pk, principals=[coordinator], by=by, at=at)
