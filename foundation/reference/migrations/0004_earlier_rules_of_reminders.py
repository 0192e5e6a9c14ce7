from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """What staff did to rules of reminders before they had a history stands in it, as far as the rows say."""

    dependencies = [("reference", "0003_rows_with_any_key"), ("notifications", "0015_people")]

    operations = [walls.sql_file(SQL / "earlier_reminders.sql")]
