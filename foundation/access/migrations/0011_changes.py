from pathlib import Path

from django.db import migrations, models

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"
AUDIENCE = "(access_change.audience IS NULL OR access_change.audience = ANY (access_principals()))"
# Of a former office, what was written until it was left: what happened to it later is for its next holder.
HELD = """access_change.principal IS NOT NULL AND EXISTS (
        SELECT 1 FROM access_holdings() h WHERE h.principal = access_change.principal AND access_change.at < h.until
    )"""
READ = f"""
    (access_change.principal IS NULL AND access_change.membership IS NULL AND {AUDIENCE} AND {walls.sees_root("access_change", "root")})
    OR ({HELD} AND access_once_saw(access_change.root))
    OR access_change.membership = access_membership()
"""


class Migration(migrations.Migration):
    """The feed of changes: a row for each change of a root, of a share and of an office, written with the change."""

    dependencies = [("access", "0010_share_ending"), ("tenancy", "0004_systems")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("xid", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("root", models.UUIDField(null=True)),
                ("audience", models.IntegerField(null=True)),
                ("principal", models.IntegerField(null=True)),
                ("membership", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["xid", "id"], name="access_change_order"),
                    models.Index(fields=["at"], name="access_change_at"),
                ],
            },
        ),
        walls.sql_file(SQL / "changes.sql"),
        walls.definer("access_office_changed()", "access_once_saw(uuid)"),
        walls.callable_by_runtime("access_holdings()"),
        walls.read_only_wall("access_change", read=READ),
        walls.sql_file(SQL / "projection.sql"),
    ]
