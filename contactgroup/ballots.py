"""Break the seal of a closed round. The rule is checked in SQL (sql/unseal.sql): the runtime role never changes a vote."""

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
