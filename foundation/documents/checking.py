"""How the check of a file ended: on record, and where it broke, in the hands of whoever can do something about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from foundation.access.ledger import in_our_words
from foundation.jobs import queue
from foundation.workflow.actions import action

ALARM_TASK = "foundation.documents.tasks.alarm"


@action
def report(*, location: UUID, intact: bool, problem: str, at: datetime) -> None:
    """Write down how the check of a stored file ended; when it broke, the managers of its root are alarmed and staff see it.

    The custody record names the reader in whose hands it broke; without an actor, the product itself. Raises NotThere.
    """
    with in_our_words(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_checked(%s, %s, %s)", [location, intact, problem[:80]])
        alarmed: list[tuple[UUID, UUID, UUID]] = cursor.fetchall()
    for root_id, account_id, membership_id in alarmed:
        queue.enqueue(
            task=ALARM_TASK,
            key=f"documents.alarm:{location}:{membership_id}:{at.date()}",
            subject=root_id,
            account_id=account_id,
            membership_id=membership_id,
            due_at=at,
        )
