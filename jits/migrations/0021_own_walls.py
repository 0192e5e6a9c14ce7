from django.db import migrations

from foundation.access import walls


class Migration(migrations.Migration):
    dependencies = [("jits", "0020_own_rows"), ("access", "0003_walls")]

    operations = [walls.shared_wall("jits_jitownnote"), walls.shared_wall("jits_jitapproval")]
