from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """An authority is not closed while a case of its own is at work."""

    dependencies = [("cases", "0007_dated_rows"), ("systems", "0004_oversight"), ("access", "0003_walls")]

    operations = [walls.sql_file(SQL / "holding.sql"), walls.definer("cases_held_by(uuid)")]
