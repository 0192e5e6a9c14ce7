"""Read the record as opaque keys; the database lets technical administrators and auditors alone do it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from foundation import access
from foundation.audit.models import Event
from foundation.audit.permissions import AuditPermission
from foundation.tenancy.actors import Actor

ORDER: Final = "event"
_LOG: Final = "SELECT * FROM audit_log(%s, %s, %s::text[], %s::uuid[], %s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What the record is narrowed by. ``since`` belongs to the period, ``until`` does not.

    ``verbs`` and ``memberships`` name any of several; an empty collection is met by nothing. ``in_lists`` finds a root also where
    it stood in a list that somebody read.
    """

    since: datetime | None = None
    until: datetime | None = None
    verbs: Collection[str] | None = None
    memberships: Collection[UUID] | None = None
    outcome: str | None = None
    root: UUID | None = None
    in_lists: bool = False
    request_id: str | None = None


def page(actor: Actor, wanted: Narrowing, *, after: access.Cursor | None, limit: int) -> access.Page[Event]:
    """One page of the record, newest first; one statement. A page that is ``cut`` looked through 5 000 events and says where to go on.

    Who may: technical administrators, auditors. Raises Forbidden, BadCursor.
    """
    access.require(actor, AuditPermission.READ_EVENTS)
    access.current(actor)
    place = (None, None) if after is None else (after.for_order(ORDER).sort_at, after.root_id)
    found = list(Event.objects.raw(_LOG, [*_arguments(wanted), *place, limit]))
    # A last row without a verb says how far was looked.
    horizon = found.pop() if found and not found[-1].verb else None
    shown = tuple(found[:limit])
    if len(found) > limit:
        return access.Page(shown, (), access.Cursor(shown[-1].at, shown[-1].pk, ORDER))
    if horizon is None or horizon.root is None:
        return access.Page(shown, (), None)
    return access.Page(shown, (), access.Cursor(horizon.at, horizon.root, ORDER), cut=len(shown) < limit)


def _arguments(wanted: Narrowing) -> list[object]:
    verbs_of = None if wanted.verbs is None else list(set(wanted.verbs))
    members = None if wanted.memberships is None else list(set(wanted.memberships))
    return [
        wanted.since,
        wanted.until,
        verbs_of,
        members,
        wanted.outcome,
        wanted.root,
        wanted.in_lists,
        wanted.request_id,
    ]


def newest(actor: Actor, *, before: datetime | None, limit: int = 100) -> list[Event]:
    """The newest events before an instant. Who may: technical administrators, auditors. Raises Forbidden."""
    return list(page(actor, Narrowing(until=before), after=None, limit=limit).rows)


def verbs(actor: Actor) -> list[str]:
    """Every verb on record, in the order of the alphabet; one statement. Who may: as ``page``. Raises Forbidden."""
    access.require(actor, AuditPermission.READ_EVENTS)
    access.current(actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_verbs()")
        return sorted(verb for (verb,) in cursor.fetchall())
