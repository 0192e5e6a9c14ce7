"""Administrators are told when the product switches a subscription off. The rows are written by sql/delivering.sql."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications import kinds
from foundation.notifications.kinds import WITHOUT_OFF

OFF = kinds.declare(
    "systems.webhook.off",
    _("A system of your partner could not be told of anything for days. Its webhook was switched off."),
    ways=WITHOUT_OFF,
    page="systems",
)
GONE = kinds.declare(
    "systems.webhook.gone",
    _("A system of your partner said that its webhook is gone. It is told of nothing any more."),
    ways=WITHOUT_OFF,
    page="systems",
)
