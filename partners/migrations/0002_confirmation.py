from pathlib import Path

from django.conf import settings
from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"
RUNTIME = settings.WBCJ_RUNTIME_ROLE.replace("'", "''")
GUARDS = {
    "membership": ("tenancy_membership", "partners_guard_membership"),
    "holder": ("tenancy_officeholder", "partners_guard_holder"),
    **{
        f"{name}_group": (f"tenancy_{name}", "partners_guard_principal")
        for name in ("partner", "authority", "office", "membership")
    },
}


def guard(name, table, function):
    """A trigger for the run-time role; the condition is read with the rights of whoever writes."""
    return migrations.RunSQL(
        f"CREATE TRIGGER partners_{name}_guarded BEFORE INSERT OR UPDATE ON {table}"
        f" FOR EACH ROW WHEN (current_user = '{RUNTIME}') EXECUTE FUNCTION {function}()",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    """A second person confirms: the rules of docs/partners.md, in the database."""

    dependencies = [
        ("partners", "0001_initial"),
        ("tenancy", "0002_appointments"),
        ("access", "0003_walls"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        walls.sql_file(SQL / "confirmation.sql"),
        walls.sql_file(SQL / "appointments.sql"),
        walls.callable_by_runtime(
            "partners_second_people(uuid, uuid, uuid, uuid)",
            "partners_may_confirm(uuid, uuid, uuid, uuid, uuid)",
            "partners_subject_of_membership(tenancy_membership)",
            "partners_subject_of_holder(tenancy_officeholder)",
            "partners_check_proposal(boolean, timestamptz, uuid, boolean, uuid)",
            "partners_check_confirmation(timestamptz, uuid, uuid, uuid, uuid, uuid)",
        ),
        walls.definer("partners_may_found(uuid, uuid, uuid)"),
        *(guard(name, table, function) for name, (table, function) in GUARDS.items()),
        # A group is named once, after its principal.
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE ON auth_group FROM {walls.role_names()['runtime']}", migrations.RunSQL.noop
        ),
    ]
