from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """A partner's administrators are told when project staff revoke a token of the partner."""

    dependencies = [
        ("partners", "0006_auditor"),
        ("systems", "0004_oversight"),
        ("notifications", "0015_people"),
    ]

    operations = [walls.sql_file(SQL / "recall.sql"), walls.definer("partners_tell_of_recall(uuid)")]
