from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How a printout stands. Replaced: a newer one of the same subject was printed, and this file is gone."""

    PENDING = "pending", _("Waiting")
    RENDERING = "rendering", _("Being printed")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    REPLACED = "replaced", _("Replaced by a newer one")


IN_FLIGHT = (State.PENDING, State.RENDERING)
