from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Recusals behind both walls; rules and recusals that stay as they were; turnout that says whether a voice stands."""

    dependencies = [("contactgroup", "0004_recusal")]

    operations = [
        walls.shared_wall("contactgroup_recusal"),
        walls.shared_wall("contactgroup_recusalreason"),
        migrations.RunSQL(
            "REVOKE UPDATE ON contactgroup_recusalreason FROM {runtime}".format(**walls.role_names()),
            reverse_sql=migrations.RunSQL.noop,
        ),
        walls.sql_file(SQL / "recusal.sql"),
        walls.definer("contactgroup_confide(uuid)"),
        # Nobody was recused before: every voice that was cast stands.
        migrations.RunSQL(
            "UPDATE contactgroup_turnout SET stands = true WHERE casts > 0", reverse_sql=migrations.RunSQL.noop
        ),
    ]
