"""Write the record. One event per use-case, in the transaction of the use-case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from foundation.access import context
from foundation.access.postgresql.base import ours
from foundation.audit.models import Event
from foundation.tenancy.actors import Actor

request_id: ContextVar[str] = ContextVar("wbcj_request_id", default="")
"""The id of the request or task that runs now; set by the middleware and by the worker."""

_RECORD = "SELECT audit_record(%s, %s, %s::uuid[], %s, %s, %s, %s, %s, %s, %s, %s::jsonb)"
_KEEP = "SELECT audit_keep(%s, %s, %s::jsonb)"
KEPT = ".before"
"""Ends the verb of a detail that says how something read before an edit (sql/kept.sql)."""


def _event(
    verb: str,
    *,
    root: UUID | None = None,
    roots: Iterable[UUID] = (),
    outcome: str = Event.Outcome.DONE,
    refused: UUID | None = None,
    detail: bool = False,
    audience: int | None = None,
    purpose: str = "",
    changes: Mapping[str, object] | None = None,
) -> list[Any]:
    """The parameters of ``audit_record``."""
    body = json.dumps(changes or {}, cls=DjangoJSONEncoder)
    return [verb, root, list(roots), request_id.get(), outcome, None, refused, detail, audience, purpose[:300], body]


def _write(event: list[Any]) -> UUID:
    """Write an event now; looks that wait for the commit come before it."""
    ours().send_last()
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, event)
        return UUID(str(cursor.fetchone()[0]))


def changed(
    verb: str,
    *,
    by: Actor,
    root: UUID,
    changes: Mapping[str, object] | None = None,
    purpose: str = "",
    audience: int | None = None,
) -> None:
    """A change to a root or to one of its rows; ``audience`` is the audience of the row that changed.

    Who sees the root (and belongs to the audience) reads it in the timeline. ``changes`` carries field names and values, JSON-ready.
    """
    context.current(by)
    _write(_event(verb, root=root, detail=True, audience=audience, purpose=purpose, changes=changes))


def edited(verb: str, *, by: Actor, root: UUID, changes: Mapping[str, object]) -> None:
    """An edit that everyone on the root sees: they read which fields changed, and the editor's authority reads what stood there.

    ``changes`` are field names with the values before and after. Who was let in later must not learn what was taken out before.
    """
    context.current(by)
    event = _write(_event(verb, root=root, detail=True, changes={"fields": sorted(changes)}))
    if changes:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [event, by.authority_group, json.dumps(changes, cls=DjangoJSONEncoder)])


def happened(verb: str, *, by: Actor, root: UUID | None = None, roots: Iterable[UUID] = ()) -> None:
    """An act that leaves no trace in a timeline (sign-in switched, notice read, administration of people).

    ``root`` is the key of what it was done to, ``roots`` those of an act upon many at once.
    """
    context.current(by)
    _write(_event(verb, root=root, roots=roots))


def consulted(verb: str, *, by: Actor, root: UUID | None = None, roots: Iterable[UUID] = ()) -> None:
    """A look: the root that was opened, or the roots that a list or search returned. Written with the commit, or not at all."""
    context.current(by)
    ours().ending_with(_RECORD, _event(verb, root=root, roots=roots))


def refused(verb: str, *, outcome: Event.Outcome, membership: UUID | None, key: UUID | None = None) -> None:
    """A refusal, recorded after its transaction has ended: who was refused, and the key that was asked for."""
    _write(_event(verb, root=key, outcome=outcome, refused=membership))
