from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """No system reads the record of what people did."""

    dependencies = [("systems", "0002_walls")]

    operations = [walls.functions_again(SQL / "accounts.sql", "systems_guard_appointment")]
