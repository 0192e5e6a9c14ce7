"""Who is told what about the systems of a partner."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from foundation.notifications import inbox, kinds
from foundation.systems.models import SystemToken
from foundation.tenancy.actors import Actor

RECALLED = kinds.declare(
    "systems.token.recalled",
    _("Project staff revoked a token of a system of your partner. Its system needs a new one to go on."),
    ways=kinds.WITHOUT_OFF,
    page="systems",
)


def token_recalled(*, token: SystemToken, by: Actor, at: datetime) -> None:
    """The administrators of the partner whose system had it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partners_tell_of_recall(%s)", [token.pk])
        told = cursor.fetchall()
    inbox.send_on(told, at=at)
