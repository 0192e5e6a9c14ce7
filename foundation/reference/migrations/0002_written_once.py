from django.db import migrations

from foundation.access import walls


class Migration(migrations.Migration):
    """Who changed what is written with the change, and stays."""

    dependencies = [("reference", "0001_initial")]

    operations = [walls.written_once("reference_change"), walls.only_added_to("reference_change")]
