from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"
SEARCH = "access_search(text[], text[], timestamptz, uuid, int, int[])"
WITHOUT_WALKS = "DROP FUNCTION IF EXISTS access_search(text[], text[], timestamptz, uuid, int)"


class Migration(migrations.Migration):
    """The read of one record asks a function that is planned once; a search walks before it looks words up."""

    dependencies = [("access", "0008_newcomer")]

    operations = [
        walls.sql_file(SQL / "holding.sql"),
        walls.callable_by_runtime("access_holds(uuid, int, int[])"),
        migrations.RunSQL(WITHOUT_WALKS, reverse_sql=migrations.RunSQL.noop),
        walls.sql_file(SQL / "search.sql"),
        walls.definer(SEARCH),
    ]
