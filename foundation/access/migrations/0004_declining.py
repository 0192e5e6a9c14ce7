from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """A declined offer ends."""

    dependencies = [("access", "0003_walls")]

    operations = [walls.sql_file(SQL / "declining.sql"), walls.definer("access_decline_offer(uuid)")]
