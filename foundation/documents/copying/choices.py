"""The words of copies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where the content of a document came from: its own authority may pass it on, nobody else decides for a foreign provider."""

    FILED = "filed", _("Filed here")
    COPIED = "copied", _("Copied by the authority that had filed the original")
    PASSED_ON = "passed_on", _("Copied by somebody who manages the record of the original")


class CopyState(models.TextChoices):
    """How far a copy is."""

    PENDING = "pending", _("Waiting")
    COPYING = "copying", _("Being copied")
    READY = "ready", _("Filed")
    FAILED = "failed", _("Not filed")


UNDERWAY = (CopyState.PENDING, CopyState.COPYING)
