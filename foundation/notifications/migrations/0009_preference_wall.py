from django.db import migrations

from foundation.access import walls


class Migration(migrations.Migration):
    dependencies = [("notifications", "0008_preferences"), ("access", "0003_walls")]

    operations = [walls.personal_wall("notifications_preference")]
