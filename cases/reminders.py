"""Of which dates of cases people are reminded. A sentence names no case, no person and no title."""

from django.utils.translation import gettext_lazy as _

from cases.queries import waiting
from foundation.notifications.reminders import kinds

TASK_DUE = kinds.declare(
    name="cases.task.due",
    label=_("Task due"),
    sentence=_("A task of yours on a case is due."),
    source="cases_tasks_due",
    open_to=waiting.tasks_open_to,
    due="due_at",
    root="root_id",
)
INVITATION_DUE = kinds.declare(
    name="cases.invitation.due",
    label=_("Invitation unanswered"),
    in_calendar=_("Invitation to be answered"),
    sentence=_("An invitation to your partner is still to be answered."),
    source="cases_invitations_due",
    open_to=waiting.invitations_open_to,
    due="answer_until",
    root="pk",
)
