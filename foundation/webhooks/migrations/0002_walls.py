from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"
FINISH = "webhooks_finish(uuid, uuid, text, text, int, text, int, text, timestamptz, interval, boolean)"


class Migration(migrations.Migration):
    """Subscriptions and their deliveries are read and kept by the administrators of the system's partner; workers use functions."""

    dependencies = [
        ("webhooks", "0001_initial"),
        ("systems", "0002_walls"),
        ("notifications", "0015_people"),
    ]

    operations = [
        walls.sql_file(SQL / "subscriptions.sql"),
        walls.sql_file(SQL / "delivering.sql"),
        walls.callable_by_runtime("webhooks_administers(uuid)"),
        walls.definer("webhooks_claim(double precision)", FINISH, "webhooks_release()", "webhooks_standing()"),
        walls.granted_wall(
            "webhooks_subscription", own="systems_administers(webhooks_subscription.membership_id, access_membership())"
        ),
        walls.kept_wall("webhooks_delivery", own="webhooks_administers(webhooks_delivery.subscription_id)"),
        walls.read_only_wall(
            "webhooks_attempt",
            read="EXISTS (SELECT 1 FROM webhooks_delivery d WHERE d.id = webhooks_attempt.delivery_id OFFSET 0)",
        ),
    ]
