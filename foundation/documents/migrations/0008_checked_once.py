from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Two first checks of a file at once are one line of custody, in databases that stood before, too."""

    dependencies = [("documents", "0007_copies_walls")]

    operations = [
        walls.functions_again(SQL / "checking.sql", "documents_checked"),
        walls.definer("documents_checked(uuid, boolean, text)"),
    ]
