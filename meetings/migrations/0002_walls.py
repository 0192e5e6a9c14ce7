from django.db import migrations

from foundation.access import walls


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("access", "0003_walls")]

    operations = [
        walls.root_record_wall("meetings_meeting"),
        walls.shared_wall("meetings_agendaitem", deletes=True),
        walls.shared_wall("meetings_decision"),
    ]
