"""Of which dates of teams people are reminded. A sentence names no case, no person and no title."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.reminders import kinds
from jits.queries import plan

TASK_DUE = kinds.declare(
    name="jits.task.due",
    label=_("Task of a team's plan due"),
    sentence=_("A task that you see to in the plan of a joint investigation team is due."),
    source="jits_tasks_due",
    open_to=plan.tasks_open_to,
    due="due_at",
    root="root_id",
)
