"""Give a reminder, as its recipient; run one again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.jobs.permissions import JobsPermission
from foundation.notifications import inbox
from foundation.notifications.reminders import kinds
from foundation.notifications.reminders.models import WAITING, Outcome, Reminder
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal


class Lost(Exception):
    """Another worker has this reminder by now; nothing was written."""


class UnableToRunAgain(Refusal):
    """The reminder has not failed; the message is fit for the user."""


class UnknownKind(Exception):
    """No app declares this kind any more."""


@action
def give(*, reminder: Reminder, by: Actor, at: datetime) -> Outcome:
    """Put the reminder into the recipient's inbox, from where it is delivered like any notice; or end it where nothing waits.

    ``by`` is the recipient. What is finished, has moved, or is not visible to the recipient any more is not told of. Raises Lost,
    UnknownKind.
    """
    kind = kinds.named(reminder.kind)
    if kind is None:
        raise UnknownKind(reminder.kind)
    due_at = kind.standing(by, reminder.obligation, at)
    notice = None
    if due_at is None:
        outcome = Outcome.FINISHED
    elif due_at != reminder.due_at:
        outcome = Outcome.MOVED
    else:
        outcome = Outcome.GIVEN
        notice = inbox.remind(kind=kind.name, root_id=reminder.root, due_at=due_at, by=by, at=at)
    mine = Reminder.objects.filter(WAITING, pk=reminder.pk, attempts=reminder.attempts)
    if not mine.update(ended_at=at, held_until=None, outcome=outcome, notice=notice):
        raise Lost
    return outcome


@action
def run_again(*, reminder_id: UUID, by: Actor, at: datetime) -> None:
    """Let a failed reminder be tried again with all its attempts; it still goes to the one that it was planned for.

    Who may: technical administrators. Raises Forbidden, Reminder.DoesNotExist, UnableToRunAgain.
    """
    access.require(by, JobsPermission.RUN_AGAIN)
    reminder = Reminder.objects.select_for_update().get(pk=reminder_id)
    if reminder.failed_at is None:
        raise UnableToRunAgain(_("This reminder has not failed, or somebody started it again already."))
    reminder.failed_at, reminder.attempts, reminder.held_until, reminder.outcome = None, 0, None, ""
    reminder.save(update_fields=["failed_at", "attempts", "held_until", "outcome"])
    record.happened("notifications.reminder.run_again", by=by, root=reminder.pk)
