from django.db import migrations

from foundation.notifications.reminders.sources import source

COORDINATOR = (
    "SELECT f.group_id, NULL::uuid FROM tenancy_office f"
    " WHERE f.partner_id = t.partner_id AND f.authority_id IS NULL AND f.kind = 'coordinator'"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_due_dates"), ("notifications", "0007_reminder_sources")]

    operations = [
        *source(
            name="cases_tasks_due",
            kind="cases.task.due",
            table="cases_task",
            due="due_at",
            waits="SELECT t.assignee_id, NULL::uuid",
            unfinished="t.done_at IS NULL AND t.withdrawn_at IS NULL",
            changes=("done_at", "withdrawn_at", "assignee_id"),
        ),
        *source(
            name="cases_invitations_due",
            kind="cases.invitation.due",
            table="cases_invitation",
            key="root_id",
            due="answer_until",
            waits=COORDINATOR,
            unfinished="t.status = 'sent'",
            changes=("status",),
        ),
    ]
