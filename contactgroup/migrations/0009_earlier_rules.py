from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """What staff did to voting rules before they had a history stands in it."""

    dependencies = [("contactgroup", "0008_dated_rows"), ("reference", "0003_rows_with_any_key")]

    operations = [walls.sql_file(SQL / "earlier_rules.sql")]
