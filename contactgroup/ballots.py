"""What the runtime role may do to rows of other audiences: break the seal of a closed round, tell the desk a reason.

The rules are checked in SQL (sql/unseal.sql, sql/recusal.sql); the runtime role itself never changes a vote or a reason.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from foundation import access
from foundation.tenancy.actors import Actor


def unseal(round_id: UUID, *, by: Actor) -> None:
    """Let everyone on the nomination read the votes of a round that is closed."""
    access.current(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT contactgroup_unseal(%s)", [round_id])


def confide(reason_id: UUID, *, by: Actor) -> None:
    """Let the case desk that sees the nomination read the reason of a recusal, by a copy of it."""
    access.current(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT contactgroup_confide(%s)", [reason_id])
