"""Words of meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.TextChoices):
    CONTACT_GROUP = "contact_group", _("Contact Group")


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class Status(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class GeneralOutcome(models.TextChoices):
    """Outcomes of an item that concerns the meeting itself; items under other roots bring outcomes of their own."""

    AGREED = "agreed", _("Agreed")
    NOTED = "noted", _("Noted")
    POSTPONED = "postponed", _("Postponed")
