from pathlib import Path

from django.db import migrations, models

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Staff count papers by kind, language and outcome, along an index, and see none."""

    dependencies = [("documents", "0008_checked_once")]

    operations = [
        migrations.AddIndex(
            model_name="printout",
            index=models.Index(fields=["-ordered_at"], name="documents_printout_ordered"),
        ),
        walls.sql_file(SQL / "printed.sql"),
        walls.definer("documents_printed(timestamptz)"),
    ]
