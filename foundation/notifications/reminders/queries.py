"""How reminders stand, for staff: numbers, instants and keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q

from foundation.notifications.reminders.models import WAITING, Change, Outcome, Planned, Reminder

CAP = 100_000
DAY = timedelta(days=1)
ATTEMPTS = 8
"""From so many tries on, a note of a change is shown as one that cannot be planned; it is still tried every ten minutes."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Counts go no further than ``CAP``. ``unplannable``: notes of changes that fail to be planned, again and again."""

    waiting: int
    due: int
    oldest_due_at: datetime | None
    held: int
    given_today: int
    to_plan: int
    unplannable: int
    planned_until: datetime | None
    failures: tuple[Reminder, ...]


def standing(at: datetime, *, limit: int = 100) -> Standing:
    """Eight statements, each by an index and bounded."""
    waiting = Reminder.objects.filter(WAITING)
    due = waiting.filter(Q(held_until__isnull=True) | Q(held_until__lte=at), given_at__lte=at)
    given = Reminder.objects.filter(outcome=Outcome.GIVEN, ended_at__gt=at - DAY)
    return Standing(
        waiting=waiting[:CAP].count(),
        due=due[:CAP].count(),
        oldest_due_at=due.order_by("given_at").values_list("given_at", flat=True).first(),
        held=waiting.filter(held_until__gt=at, given_at__lte=at)[:CAP].count(),
        given_today=given[:CAP].count(),
        to_plan=Change.objects.ripe(at)[:CAP].count(),
        unplannable=Change.objects.filter(attempts__gte=ATTEMPTS)[:CAP].count(),
        planned_until=Planned.objects.aggregate(until=Min("due_at"))["until"],
        failures=tuple(Reminder.objects.filter(failed_at__isnull=False).order_by("-failed_at")[:limit]),
    )
