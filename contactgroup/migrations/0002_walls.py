from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"
CHILDREN = (
    "criterionscore",
    "proposedinvitation",
    "elector",
    "votinground",
    "turnout",
    "vote",
    "casenomination",
    "reservedinvitation",
)


class Migration(migrations.Migration):
    dependencies = [("contactgroup", "0001_initial"), ("access", "0003_walls")]

    operations = [
        walls.root_record_wall("contactgroup_nomination"),
        # A revised dossier may drop a score; nothing else goes.
        *[walls.shared_wall(f"contactgroup_{name}", deletes=name == "criterionscore") for name in CHILDREN],
        # A vote is inserted and read, nothing else; its seal is broken by the function below.
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON contactgroup_vote FROM {runtime}".format(**walls.role_names()),
            reverse_sql=migrations.RunSQL.noop,
        ),
        walls.sql_file(SQL / "unseal.sql"),
        walls.definer("contactgroup_unseal(uuid)"),
    ]
