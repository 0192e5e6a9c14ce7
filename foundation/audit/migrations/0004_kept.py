from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """What stood before an edit is kept for the editor's authority, not for whoever sees the record later."""

    dependencies = [("audit", "0003_walls")]

    operations = [walls.sql_file(SQL / "kept.sql"), walls.definer("audit_keep(uuid, int, jsonb)")]
