from django.db import migrations

from foundation.access import walls
from foundation.notifications.reminders.sources import source


class Migration(migrations.Migration):
    dependencies = [("jits", "0022_plan"), ("access", "0003_walls"), ("notifications", "0007_reminder_sources")]

    operations = [
        walls.shared_wall("jits_jitphase"),
        walls.shared_wall("jits_jittask"),
        *source(
            name="jits_tasks_due",
            kind="jits.task.due",
            table="jits_jittask",
            due="due_at",
            waits="SELECT NULL::int, t.responsible_id",
            unfinished="t.state = 'open'",
            changes=("state", "responsible_id"),
        ),
    ]
