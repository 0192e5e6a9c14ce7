from django.db import migrations

from foundation.access import walls

TABLES = (
    "contactgroup_nomination",
    "contactgroup_proposedinvitation",
    "contactgroup_elector",
    "contactgroup_votinground",
    "contactgroup_turnout",
    "contactgroup_vote",
    "contactgroup_casenomination",
    "contactgroup_reservedinvitation",
)


class Migration(migrations.Migration):
    """A contributor deletes no row that no action deletes, whatever the application does."""

    dependencies = [("contactgroup", "0002_walls")]

    operations = [walls.rows_stay(*TABLES)]
