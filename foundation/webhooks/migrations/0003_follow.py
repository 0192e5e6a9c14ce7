from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """What the feed of changes says is told to the systems that are subscribed, in the same transaction."""

    dependencies = [
        ("webhooks", "0002_walls"),
        ("access", "0011_changes"),
    ]

    operations = [
        walls.sql_file(SQL / "follow.sql"),
        walls.definer("webhooks_follow()"),
    ]
