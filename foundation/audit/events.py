"""Read the record as opaque keys; the database lets technical administrators alone do it."""

from __future__ import annotations

from datetime import datetime

from foundation import access
from foundation.audit.models import Event
from foundation.audit.permissions import AuditPermission
from foundation.tenancy.actors import Actor


def newest(actor: Actor, *, before: datetime | None, limit: int = 100) -> list[Event]:
    """The newest events before an instant. Who may: technical administrators. Raises Forbidden."""
    access.require(actor, AuditPermission.READ_EVENTS)
    access.current(actor)
    return list(Event.objects.raw("SELECT * FROM audit_events(%s, %s)", [limit, before]))
