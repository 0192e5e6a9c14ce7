from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """A system is nobody's second person."""

    dependencies = [("partners", "0003_reminders"), ("systems", "0002_walls")]

    operations = [
        walls.functions_again(SQL / "confirmation.sql", "partners_second_people", "partners_may_found"),
        walls.definer("partners_may_found(uuid, uuid, uuid)"),
    ]
