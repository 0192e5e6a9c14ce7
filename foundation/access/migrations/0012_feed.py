from pathlib import Path

from django.db import migrations, models

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Reading the feed of changes; shares are found by principal in the orders in which the feed reads them."""

    dependencies = [("access", "0011_changes"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["principal", "id"], name="access_share_of_principal"),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(
                condition=models.Q(("revoked_at__isnull", True), ("until__isnull", False)),
                fields=["principal", "until", "id"],
                name="access_share_ended",
            ),
        ),
        migrations.AlterField(
            model_name="share",
            name="principal",
            field=models.ForeignKey(
                db_index=False, on_delete=models.deletion.PROTECT, related_name="+", to="auth.group"
            ),
        ),
        walls.sql_file(SQL / "feed.sql"),
        walls.definer(
            "access_feed_walk(bigint, bigint, int)",
            "access_feed_since(timestamptz)",
            "access_feed_ended(timestamptz, uuid, int)",
            "access_feed_former(int, uuid, timestamptz, int)",
            "access_feed_gone(uuid[])",
            "access_forget_changes(timestamptz, int)",
        ),
        walls.callable_by_runtime("access_feed_life()", "access_feed_horizon()", "access_feed_turn(timestamptz)"),
    ]
