from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Wall two of the ground floor: context, projection, definer functions and row policies."""

    dependencies = [
        ("access", "0002_initial"),
        ("tenancy", "0002_appointments"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        walls.sql_file(SQL / "context.sql"),
        walls.sql_file(SQL / "projection.sql"),
        walls.sql_file(SQL / "reading.sql"),
        walls.sql_file(SQL / "functions.sql"),
        walls.callable_by_runtime(
            "access_principals()",
            "access_membership()",
            "access_enter(uuid, uuid)",
            "access_reaches(uuid, int)",
            "access_dated(uuid)",
        ),
        walls.definer(
            "access_open_root(uuid, text, text, text, text)",
            "access_grant(uuid, int, int, text, text, timestamptz)",
            "access_revoke(uuid)",
            "access_offer(uuid, uuid, int, uuid, text, timestamptz)",
            "access_withdraw_offer(uuid)",
            "access_accept_offer(uuid, int[], text)",
            "access_touch(uuid, text, text)",
        ),
        walls.read_only_wall("access_root", read="(acl && access_principals()) OR access_dated(id)"),
        # The sub-select hides the principals from the planner: functions that read this table keep their plans, and a plan that was
        # chosen for one actor's numbers would be kept for all (tests/bench/test_bench.py).
        walls.read_only_wall("access_rootgrant", read="group_id = ANY ((SELECT access_principals())::int[])"),
        walls.read_only_wall("access_share", read=walls.sees_root("access_share")),
        walls.read_only_wall("access_offer", read=walls.sees_root("access_offer")),
    ]
