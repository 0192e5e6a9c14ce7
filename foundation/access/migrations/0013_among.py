from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """What stands under each line of a list asks the wall once for all lines."""

    dependencies = [("access", "0012_feed")]

    operations = [walls.sql_file(SQL / "among.sql"), walls.callable_by_runtime("access_among(uuid[], int, int[])")]
