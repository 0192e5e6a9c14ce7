from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"
OWN = "systems_administers(systems_systemtoken.membership_id, access_membership())"


class Migration(migrations.Migration):
    """Tokens are read and written by the administrators of the system's partner; they stay for ever."""

    dependencies = [("systems", "0001_initial"), ("access", "0003_walls"), ("tenancy", "0004_systems")]

    operations = [
        walls.sql_file(SQL / "tokens.sql"),
        walls.sql_file(SQL / "accounts.sql"),
        walls.callable_by_runtime("systems_administers(uuid, uuid)", "systems_is_system(uuid)"),
        walls.definer("systems_token_of(text)", "systems_used(uuid, inet)"),
        walls.granted_wall("systems_systemtoken", own=OWN),
    ]
