from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """What is on record as a change stands in the feed of changes, for the audience of what changed."""

    dependencies = [("audit", "0004_kept"), ("access", "0011_changes")]

    operations = [
        walls.functions_again(SQL / "record.sql", "audit_record"),
        walls.definer("audit_record(text, uuid, uuid[], text, text, uuid, uuid, boolean, int, text, jsonb)"),
    ]
