from pathlib import Path

from django.db import migrations, models

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Roots are listed by their opening as well as by their last activity, and counted up to a cap."""

    dependencies = [("access", "0005_fold_again")]

    operations = [
        migrations.AddField("rootgrant", "opened_at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            "UPDATE access_rootgrant g SET opened_at = r.opened_at FROM access_root r WHERE r.id = g.content_object_id",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.AlterField("rootgrant", "opened_at", models.DateTimeField()),
        migrations.AddIndex(
            model_name="rootgrant",
            index=models.Index(
                fields=["group", "level", "kind", "-opened_at", "-content_object"],
                include=("until",),
                name="access_rootgrant_opened",
            ),
        ),
        walls.sql_file(SQL / "projection.sql"),
        migrations.RunSQL(
            "DROP FUNCTION IF EXISTS access_newest(int[], text[], timestamptz, uuid, int)",
            reverse_sql=migrations.RunSQL.noop,
        ),
        walls.sql_file(SQL / "places.sql"),
        walls.callable_by_runtime(
            "access_places(text, int[], text[], timestamptz, uuid, int)", "access_count(int[], text[], int)"
        ),
    ]
