from django.db import migrations

from foundation.access import walls

TABLES = (
    "meetings_meeting",
    "meetings_decision",
)


class Migration(migrations.Migration):
    """A contributor deletes no row that no action deletes, whatever the application does."""

    dependencies = [("meetings", "0002_walls")]

    operations = [walls.rows_stay(*TABLES)]
