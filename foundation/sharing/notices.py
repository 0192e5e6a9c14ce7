"""Who is told that something was shared."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from foundation.notifications import inbox, kinds
from foundation.notifications.kinds import WITHOUT_OFF
from foundation.tenancy.actors import Actor

kinds.area("sharing", _("Shares"))
SHARED = kinds.declare("sharing.shared", _("Something was shared with you."))
HANDED_OVER = kinds.declare(
    "sharing.handed_over", _("Something was handed over to you: you manage it now."), ways=WITHOUT_OFF
)


def shared(*, root_id: UUID, principal: int, by: Actor, at: datetime) -> None:
    """Everyone in the principal that gained sight."""
    inbox.tell(kind=SHARED, root_id=root_id, principals=[principal], by=by, at=at)


def handed_over(*, root_id: UUID, principal: int, by: Actor, at: datetime) -> None:
    """The new manager."""
    inbox.tell(kind=HANDED_OVER, root_id=root_id, principals=[principal], by=by, at=at)
