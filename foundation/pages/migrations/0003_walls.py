from django.db import migrations

from foundation.access import walls


class Migration(migrations.Migration):
    dependencies = [("pages", "0002_initial"), ("access", "0003_walls")]

    operations = [walls.personal_wall("pages_submission")]
