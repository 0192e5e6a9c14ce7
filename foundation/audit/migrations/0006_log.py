from pathlib import Path

from django.db import migrations, models

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """The record narrows by who, what, how it ended and in which request, each along an index."""

    dependencies = [("audit", "0005_changes")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["membership", "-at"], name="audit_event_of_membership"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["verb", "-at"], name="audit_event_of_verb"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["outcome", "-at"], name="audit_event_not_done", condition=~models.Q(outcome="done")
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["request_id"], name="audit_event_of_request", condition=~models.Q(request_id="")
            ),
        ),
        walls.sql_file(SQL / "log.sql"),
        walls.definer(
            "audit_log(timestamptz, timestamptz, text[], uuid[], text, uuid, boolean, text, timestamptz, uuid, int)",
            "audit_verbs()",
        ),
        migrations.RunSQL("DROP FUNCTION audit_events(int, timestamptz)", migrations.RunSQL.noop),
    ]
