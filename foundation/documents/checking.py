"""How the check of a file ended: on record, and where it broke, in the hands of whoever can do something about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Max, Q

from foundation.access.ledger import in_our_words
from foundation.documents.models import FileCheck
from foundation.jobs import queue
from foundation.workflow.actions import action

UNENDED = timedelta(hours=1)
"""A check that was begun so long ago and has no outcome was interrupted; it is due again."""

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


@dataclass(frozen=True, kw_only=True)
class FilesStanding:
    """How stored files stand: numbers, and the damaged ones by their locations; nothing of what they are."""

    checked: int
    broken: int
    unended: int
    last_checked_at: datetime | None
    damaged: tuple[FileCheck, ...]


def standing(at: datetime, *, limit: int = 100) -> FilesStanding:
    """For staff; two statements."""
    unended = Q(begun_at__lt=at - UNENDED) & (Q(checked_at__isnull=True) | Q(checked_at__lt=F("begun_at")))
    numbers = FileCheck.objects.aggregate(
        checked=Count("pk", filter=Q(checked_at__isnull=False)),
        broken=Count("pk", filter=Q(intact=False)),
        unended=Count("pk", filter=unended),
        last_checked_at=Max("checked_at"),
    )
    damaged = FileCheck.objects.filter(Q(intact=False) | unended).order_by("-begun_at")[:limit]
    return FilesStanding(**numbers, damaged=tuple(damaged))
