from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("pages", "0006_receipt"), ("access", "0003_walls")]

    operations = [
        walls.personal_wall("pages_receipt"),
        walls.sql_file(SQL / "receipts.sql"),
        walls.definer("pages_forget_receipts(timestamptz)"),
    ]
