from pathlib import Path

from django.db import migrations

from foundation.access import walls

SQL = Path(__file__).parent.parent / "sql"
FITS = """
CREATE POLICY documents_documentversion_fits ON documents_documentversion AS RESTRICTIVE FOR INSERT TO {runtime} WITH CHECK (
    EXISTS (SELECT 1 FROM documents_document d
             WHERE d.id = documents_documentversion.document_id AND d.root_id = documents_documentversion.root_id
               AND d.audience_id IS NOT DISTINCT FROM documents_documentversion.audience_id)
);
"""
READ_ALONE = "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON documents_filecheck FROM {runtime};"


class Migration(migrations.Migration):
    """Wall two of documents. A version never changes and stands under the root, and for the audience, of its document."""

    dependencies = [("documents", "0001_initial"), ("access", "0009_planned_once")]

    operations = [
        walls.read_only_wall("documents_rootkey", read=walls.sees_root("documents_rootkey")),
        walls.shared_wall("documents_document"),
        walls.shared_wall("documents_documentversion"),
        walls.written_once("documents_documentversion"),
        migrations.RunSQL(FITS.format(**walls.role_names()), reverse_sql=migrations.RunSQL.noop),
        walls.read_only_wall("documents_custodyentry", read=walls.sees_row("documents_custodyentry")),
        walls.personal_wall("documents_upload"),
        migrations.RunSQL(READ_ALONE.format(**walls.role_names()), reverse_sql=migrations.RunSQL.noop),
        walls.sql_file(SQL / "keys.sql"),
        walls.sql_file(SQL / "custody.sql"),
        walls.sql_file(SQL / "checking.sql"),
        walls.definer(
            "documents_root_key(uuid, bytea, text)",
            "documents_custody(uuid, uuid, text, text)",
            "documents_kept(uuid[])",
            "documents_forget_uploads(timestamptz)",
            "documents_to_check(int, timestamptz)",
            "documents_checked(uuid, boolean, text)",
        ),
    ]
