from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """The record: written and read through definer functions; details are read by whoever sees the row they describe."""

    dependencies = [("audit", "0002_initial"), ("access", "0003_walls")]

    operations = [
        walls.sql_file(SQL / "record.sql"),
        walls.definer(
            "audit_record(text, uuid, uuid[], text, text, uuid, uuid, boolean, int, text, jsonb)",
            "audit_events(int, timestamptz)",
        ),
        walls.closed_wall("audit_event"),
        walls.read_only_wall("audit_detail", read=walls.sees_row("audit_detail")),
    ]
