from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"

# The projection holds a live dated share of the row's root for one of the transaction's principals.
DATED = (
    "EXISTS (SELECT 1 FROM access_rootgrant g WHERE g.content_object_id = access_root.id AND g.level = 1"
    " AND g.group_id = ANY (access_principals()) AND g.until > now() OFFSET 0)"
)


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
        walls.sql_file(SQL / "functions.sql"),
        walls.callable_by_runtime(
            "access_principals()", "access_membership()", "access_enter(uuid, uuid)", "access_reaches(uuid, int)"
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
        walls.read_only_wall("access_root", read=f"(acl && access_principals()) OR {DATED}"),
        walls.read_only_wall("access_rootgrant", read="group_id = ANY (access_principals())"),
        walls.read_only_wall("access_share", read=walls.sees_root("access_share")),
        walls.read_only_wall("access_offer", read=walls.sees_root("access_offer")),
    ]
