from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"
STAFF = """
UPDATE tenancy_account a SET is_staff = true
 WHERE a.kind = 'person' AND EXISTS (
     SELECT 1 FROM tenancy_membership m
      WHERE m.account_id = a.id AND m.role = 'programme_manager' AND m.confirmed_at IS NOT NULL
        AND (m.ends_at IS NULL OR m.ends_at > now())
 )
"""


class Migration(migrations.Migration):
    """Auditors are Eurojust's alone; programme managers who are there already may open the console."""

    dependencies = [("partners", "0005_token_reminders"), ("tenancy", "0005_auditor")]

    operations = [
        walls.functions_again(SQL / "appointments.sql", "partners_guard_membership"),
        migrations.RunSQL(STAFF, migrations.RunSQL.noop),
    ]
