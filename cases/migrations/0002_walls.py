from django.db import migrations

from foundation.access import walls

CHILDREN = (
    "casecrimetype",
    "casepriority",
    "concernedpartner",
    "filenumber",
    "invitationsent",
    "note",
    "noteversion",
    "proceeding",
    "task",
)
DELETED = ("casecrimetype", "casepriority", "concernedpartner", "filenumber")
"""Rows that edits take away; the record keeps what they said."""


class Migration(migrations.Migration):
    """Wall two of cases. Crime types and priorities are reference data and stay open."""

    dependencies = [("cases", "0001_initial"), ("access", "0004_declining")]

    operations = [
        walls.root_record_wall("cases_case"),
        walls.root_record_wall("cases_invitation"),
        *[walls.shared_wall(f"cases_{name}", deletes=name in DELETED) for name in CHILDREN],
    ]
