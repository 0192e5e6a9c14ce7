from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_initial"), ("access", "0003_walls")]

    operations = [
        walls.sql_file(SQL / "tell.sql"),
        walls.definer("notifications_tell(text, uuid, int[])"),
        walls.personal_wall("notifications_notice"),
    ]
