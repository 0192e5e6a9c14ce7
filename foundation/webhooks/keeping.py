"""How long ended deliveries to partner systems are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from foundation.workflow.actions import action

KEPT: Final = timedelta(days=90)
"""So long the administrators of a system find a delivery with its attempts, and may send it again."""
AT_ONCE: Final = 5_000


@action
def forget_old(*, at: datetime) -> int:
    """Delete deliveries that ended long ago, with their attempts; how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT webhooks_forget(%s, %s)", [at - KEPT, AT_ONCE])
        row: tuple[int] = cursor.fetchone()
    return row[0]
