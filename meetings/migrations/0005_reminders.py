from django.db import migrations

from foundation.notifications.reminders.sources import source

# Whoever sees a meeting was called to it, or may look at it.
CALLED = (
    "SELECT s.principal_id, NULL::uuid FROM access_share s"
    " WHERE s.root_id = t.root_id AND s.revoked_at IS NULL AND (s.until IS NULL OR s.until > now())"
)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_nominations_until"), ("notifications", "0007_reminder_sources")]

    operations = source(
        name="meetings_near",
        kind="meetings.meeting.near",
        table="meetings_meeting",
        key="root_id",
        due="starts_at",
        waits=CALLED,
        unfinished="t.status = 'planned'",
        changes=("status",),
    )
