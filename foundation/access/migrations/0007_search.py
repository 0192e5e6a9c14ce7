from pathlib import Path

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Search by folded reference and title. The extension is a trusted one: the owner of the database may create it."""

    dependencies = [("access", "0006_orders")]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="root",
            index=GinIndex(OpClass("folded", "gin_trgm_ops"), name="access_root_folded"),
        ),
        # A rare word and a small principal are only known as such when the sample is wide enough.
        migrations.RunSQL(
            "ALTER TABLE access_root ALTER COLUMN folded SET STATISTICS 1000;"
            "ALTER TABLE access_rootgrant ALTER COLUMN group_id SET STATISTICS 1000",
            reverse_sql=migrations.RunSQL.noop,
        ),
        walls.sql_file(SQL / "search.sql"),
        walls.definer("access_search(text[], text[], timestamptz, uuid, int, int[])"),
    ]
