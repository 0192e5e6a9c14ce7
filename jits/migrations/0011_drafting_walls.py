from django.db import migrations

from foundation.access import walls


class Migration(migrations.Migration):
    dependencies = [("jits", "0010_drafting"), ("access", "0003_walls")]

    operations = [walls.shared_wall("jits_jitdraft")]
