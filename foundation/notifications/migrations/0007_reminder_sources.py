from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """What the planner of reminders reads, and the notes of what may move them."""

    dependencies = [
        ("notifications", "0006_reminders"),
        ("tenancy", "0002_appointments"),
        ("access", "0003_walls"),
    ]

    operations = [
        walls.sql_file(SQL / "reminders.sql"),
        walls.definer("notifications_living(uuid, int, uuid)"),
    ]
