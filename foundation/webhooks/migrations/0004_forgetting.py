from pathlib import Path

from django.db import migrations, models

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Deliveries that ended long ago are deleted."""

    dependencies = [("webhooks", "0003_follow")]

    operations = [
        migrations.AddIndex(
            "delivery",
            models.Index(
                fields=["ended_at"], condition=models.Q(ended_at__isnull=False), name="webhooks_delivery_ended"
            ),
        ),
        walls.sql_file(SQL / "forgetting.sql"),
        walls.definer("webhooks_forget(timestamptz, int)"),
    ]
