from django.db import migrations

from foundation.access import walls

TABLES = (
    "cases_case",
    "cases_invitation",
    "cases_invitationsent",
    "cases_note",
    "cases_noteversion",
    "cases_proceeding",
    "cases_task",
)


class Migration(migrations.Migration):
    """A contributor deletes no row that no action deletes, whatever the application does."""

    dependencies = [("cases", "0003_due_order")]

    operations = [walls.rows_stay(*TABLES)]
