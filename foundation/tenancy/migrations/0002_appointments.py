from pathlib import Path

from django.conf import settings
from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "appointments.sql"


class Migration(migrations.Migration):
    """Triggers that keep appointments; tenancy stands below access, so it grants its one function itself."""

    dependencies = [("tenancy", "0001_initial")]

    operations = [
        migrations.RunSQL([(SQL.read_text(encoding="utf-8"), None)], migrations.RunSQL.noop),
        migrations.RunSQL(
            f'GRANT EXECUTE ON FUNCTION tenancy_account_of(uuid) TO "{settings.WBCJ_RUNTIME_ROLE}"',
            migrations.RunSQL.noop,
        ),
    ]
