"""When a reminder is given. Pure rules; every instant is UTC, every day is the recipient's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foundation.notifications.quiet import DAY, LONGEST_REST, Calendar, next_allowed

AT_LEAST_BEFORE = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """So many days before, for reminders that are given from one day to another."""

    days: int
    valid_from: date
    valid_until: date | None

    def counts_on(self, day: date) -> bool:
        """Is it in force on that day?"""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def nominal(due_at: datetime, days: int, calendar: Calendar) -> datetime:
    """In the morning, so many days before the day of the due instant; never within the hour before it, but a day earlier."""
    day = calendar.today(due_at) - days * DAY
    at = calendar.morning(day)
    return at if at <= due_at - AT_LEAST_BEFORE else calendar.morning(day - DAY)


def given_at(due_at: datetime, days: int, calendar: Calendar, *, urgent: bool, since: datetime) -> datetime:
    """When the reminder is given: on the last working morning that is not later than the nominal one.

    Where that morning has passed already (``since``), when the partner's next working hours begin, if that is before the due
    instant; else at the nominal instant, for a reminder at night is better than none. Urgent ones keep their nominal instant.
    """
    at = nominal(due_at, days, calendar)
    if urgent:
        return at
    earlier = _working_morning(at, calendar)
    if earlier >= since or earlier == at:
        return earlier
    later = next_allowed(at, calendar)
    return later if later <= due_at - AT_LEAST_BEFORE else at


def _working_morning(at: datetime, calendar: Calendar) -> datetime:
    first = calendar.today(at)
    for number in range(LONGEST_REST):
        day = first - number * DAY
        if calendar.works(day):
            return at if number == 0 else calendar.morning(day)
    return at


def plan(
    due_at: datetime, ahead: Iterable[Ahead], calendar: Calendar, *, urgent: bool, since: datetime
) -> dict[int, datetime]:
    """Days before -> instant, for every reminder of one due instant; of two at one instant the nearer one stays."""
    found: dict[datetime, int] = {}
    for row in sorted(ahead, key=lambda one: -one.days):
        if row.counts_on(calendar.today(due_at) - row.days * DAY):
            found[given_at(due_at, row.days, calendar, urgent=urgent, since=since)] = row.days
    return {days: at for at, days in found.items()}
