from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """People are told and reminded; systems ask."""

    dependencies = [("notifications", "0014_rule_keys"), ("tenancy", "0004_systems"), ("systems", "0002_walls")]

    operations = [
        walls.functions_again(SQL / "tell.sql", "notifications_tell"),
        walls.functions_again(SQL / "reminders.sql", "notifications_living"),
        walls.definer("notifications_tell(text, uuid, int[])", "notifications_living(uuid, int, uuid)"),
    ]
