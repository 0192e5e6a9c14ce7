from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0011_calendar"), ("access", "0003_walls")]

    operations = [
        walls.personal_wall("notifications_calendarfeed"),
        walls.personal_wall("notifications_calendarentry"),
        walls.sql_file(SQL / "feed.sql"),
        walls.definer("notifications_feed_of(text)"),
    ]
