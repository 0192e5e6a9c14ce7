from django.db import migrations

from foundation.access import walls


class Migration(migrations.Migration):
    dependencies = [("jits", "0012_members"), ("access", "0003_walls")]

    operations = [
        walls.shared_wall("jits_jitmember"),
        walls.shared_wall("jits_jitmemberidentity"),
        walls.shared_wall("jits_jitmembernotice"),
        # Who a protected member is, and what the others were told, stays as it was written.
        walls.written_once("jits_jitmemberidentity"),
        walls.written_once("jits_jitmembernotice"),
    ]
