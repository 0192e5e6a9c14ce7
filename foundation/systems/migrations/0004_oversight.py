from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"
# Asked once a statement, not once a row.
STAFF = "(SELECT systems_oversees(access_membership()))"


class Migration(migrations.Migration):
    """Project staff see the tokens of all partners, and revoke them in their own name."""

    dependencies = [("systems", "0003_auditor")]

    operations = [
        walls.sql_file(SQL / "oversight.sql"),
        walls.callable_by_runtime("systems_oversees(uuid)"),
        walls.overseen_too("systems_systemtoken", by=STAFF),
    ]
