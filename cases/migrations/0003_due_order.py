from django.db import migrations, models


class Migration(migrations.Migration):
    """Cases are listed by the next due date of one's own tasks: the index ends with the case, so that it alone is read."""

    dependencies = [("cases", "0002_walls")]

    operations = [
        migrations.RemoveIndex("task", "cases_task_waiting"),
        migrations.AddIndex(
            "task",
            models.Index(
                fields=["assignee", "due_at", "root"],
                name="cases_task_waiting",
                condition=models.Q(done_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ),
    ]
