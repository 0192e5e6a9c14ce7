"""How long rows of the feed of changes are kept: by periods with dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection

from foundation.workflow.actions import action

MARGIN: Final = timedelta(days=2)
"""So much longer than they are answered for rows are kept: a row may be a little older than the place from which it is read."""
AT_ONCE: Final = 20_000


def day_of(instant: datetime) -> date:
    """The day in UTC."""
    return instant.astimezone(UTC).date()


def kept(day: date, today: date) -> bool:
    """Whether what was written from that day on is kept still.

    By the periods of ``WBCJ_CHANGES_KEPT``: what was given up while a shorter one held does not come back with a longer one.
    """
    return not any(day + timedelta(days=days) < min(today, end) for days, end in _periods(today))


def first_kept(at: datetime) -> datetime:
    """What was written before may be given up."""
    days, _end = _periods(day_of(at))[-1]
    return at - timedelta(days=days) - MARGIN


def _periods(today: date) -> list[tuple[int, date]]:
    """Days and end of each period that has begun; the first one holds from ever on."""
    dated: tuple[tuple[date, int], ...] = settings.WBCJ_CHANGES_KEPT
    ends = [*(start for start, _days in dated[1:]), date.max]
    begun = [(days, end) for (start, days), end in zip(dated, ends, strict=True) if start <= today]
    return begun or [(dated[0][1], ends[0])]


@action
def forget_old(*, at: datetime) -> int:
    """Delete the oldest rows of the feed of changes that nobody is answered for any more; how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_forget_changes(%s, %s)", [first_kept(at), AT_ONCE])
        row: tuple[int] = cursor.fetchone()
    return row[0]
