from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """The reader of a preview: somebody who holds one share and nothing else, for the length of a savepoint."""

    dependencies = [("access", "0007_search")]

    operations = [walls.sql_file(SQL / "newcomer.sql"), walls.definer("access_newcomer(uuid)")]
