from django.db import migrations

from foundation.notifications.reminders.sources import source


class Migration(migrations.Migration):
    dependencies = [("access", "0010_share_ending"), ("notifications", "0007_reminder_sources")]

    operations = source(
        name="sharing_shares_ending",
        kind="sharing.share.ending",
        table="access_share",
        due="until",
        waits="SELECT t.principal_id, NULL::uuid",
        unfinished="t.revoked_at IS NULL",
        changes=("revoked_at",),
        made="NEW.until IS NOT NULL",
    )
