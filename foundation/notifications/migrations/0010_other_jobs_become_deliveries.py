from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0009_preference_wall"), ("jobs", "0001_initial")]

    operations = [walls.sql_file(SQL / "from_other_jobs.sql")]
