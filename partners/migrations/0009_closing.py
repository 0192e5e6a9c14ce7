from pathlib import Path

from django.conf import settings
from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"
RUNTIME = settings.WBCJ_RUNTIME_ROLE.replace("'", "''")


def guard(name, table, moment, function):
    """A trigger for the run-time role; the condition is read with the rights of whoever writes."""
    return migrations.RunSQL(
        f"CREATE TRIGGER partners_{name}_guarded BEFORE {moment} ON {table}"
        f" FOR EACH ROW WHEN (current_user = '{RUNTIME}') EXECUTE FUNCTION {function}()",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    """An authority is closed once, and nobody is appointed there beyond its end."""

    dependencies = [("partners", "0008_dated_rows"), ("tenancy", "0006_authority_periods")]

    operations = [
        walls.sql_file(SQL / "closing.sql"),
        guard("closing", "tenancy_authority", "UPDATE", "partners_guard_closing"),
        guard("closed", "tenancy_membership", "INSERT", "partners_guard_closed"),
    ]
