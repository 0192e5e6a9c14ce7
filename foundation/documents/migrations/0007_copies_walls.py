from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Wall two of copies: an order is its owner's alone; what is a copy of what nobody reads but through two functions."""

    dependencies = [("documents", "0006_copies")]

    operations = [
        walls.personal_wall("documents_copyorder"),
        walls.closed_wall("documents_copylink"),
        walls.sql_file(SQL / "copies.sql"),
        walls.definer(
            "documents_link_copy(uuid, uuid)",
            "documents_origin(uuid)",
            "documents_copy_under(uuid, uuid)",
        ),
    ]
