from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Wall two of printouts, their files among those that are checked and kept, and what a stranger may ask."""

    dependencies = [("documents", "0004_printout")]

    operations = [
        walls.reader_wall("documents_printout"),
        walls.sql_file(SQL / "printouts.sql"),
        walls.definer("documents_sealed(text)"),
    ]
