from django.db import migrations

from foundation.access import walls


class Migration(migrations.Migration):
    dependencies = [("jits", "0004_checklist"), ("access", "0003_walls")]

    operations = [
        walls.shared_wall("jits_jitpoint"),
        walls.shared_wall("jits_jitgate"),
        # A gate was passed for a reason; the reason stays as it was given.
        walls.written_once("jits_jitgate"),
    ]
