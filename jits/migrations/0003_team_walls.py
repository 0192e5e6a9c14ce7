from django.db import migrations

from foundation.access import walls


class Migration(migrations.Migration):
    dependencies = [("jits", "0002_teams"), ("access", "0003_walls")]

    operations = [
        walls.root_record_wall("jits_jit"),
        *[walls.shared_wall(f"jits_{name}") for name in ("jitcase", "jitparty", "jitparticipant")],
        # Of which case a team is never changes.
        walls.written_once("jits_jitcase"),
    ]
