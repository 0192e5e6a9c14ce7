from typing import Final

from django.db import migrations

from foundation.access import walls

TABLES: Final = ("jits_jitclausetext", "jits_jittextanswer", "jits_jitclausecomment", "jits_jitconfirmation")


class Migration(migrations.Migration):
    dependencies = [("jits", "0024_clauses"), ("access", "0003_walls")]

    operations = [
        *(walls.shared_wall(table) for table in TABLES),
        # What was proposed, accepted, said or confirmed stays as it was.
        walls.written_once(*TABLES),
    ]
