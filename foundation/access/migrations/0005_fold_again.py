from django.db import migrations

from foundation.access.folded import fold_again


class Migration(migrations.Migration):
    """Stored search keys follow the wider rules of folding."""

    dependencies = [("access", "0004_declining")]

    operations = [migrations.RunPython(fold_again, migrations.RunPython.noop)]
