"""When somebody may be disturbed: quiet hours, working days and public holidays of the own partner, in the own time zone.

Pure rules over dated rows, which ``foundation.notifications.calendars`` reads. A local time that a change of the clocks leaves out
or brings twice is read as RFC 5545, section 3.3.5, says: left out, with the offset before the gap; twice, as the first of the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = timedelta(days=1)
# Nobody rests longer than this in one piece; a calendar that says so was entered wrong and holds nothing up.
LONGEST_REST = 60


@dataclass(frozen=True, kw_only=True)
class Hours:
    """How a working week looks from a day on: days as in ``date.isoweekday``, local times."""

    valid_from: date
    opens: time
    closes: time
    reminds: time
    days: frozenset[int]


USUAL = Hours(valid_from=date.min, opens=time(7, 30), closes=time(19), reminds=time(9), days=frozenset({1, 2, 3, 4, 5}))
"""Where no row says anything, so that a fresh database is quiet at night too."""


@dataclass(frozen=True)
class Calendar:
    """The working days of one partner, seen from one time zone."""

    zone: ZoneInfo
    hours: tuple[Hours, ...] = ()
    holidays: frozenset[date] = field(default=frozenset())

    def on(self, day: date) -> Hours:
        """The hours of that day: of the rows that have begun, the one that began last."""
        begun = [row for row in self.hours if row.valid_from <= day]
        return max(begun, key=lambda row: row.valid_from, default=USUAL)

    def works(self, day: date) -> bool:
        """A working day and no public holiday."""
        return day.isoweekday() in self.on(day).days and day not in self.holidays

    def morning(self, day: date) -> datetime:
        """When reminders of that day are given."""
        return instant(day, self.on(day).reminds, self.zone)

    def today(self, at: datetime) -> date:
        """The day there at that instant."""
        return at.astimezone(self.zone).date()


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of a local time."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name; UTC for a name that is none (any more)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def next_allowed(at: datetime, calendar: Calendar, *, urgent: bool = False) -> datetime:
    """The first instant from ``at`` on at which a message may arrive: at once when urgent, else in the hours of a working day."""
    if urgent:
        return at
    day = calendar.today(at)
    for _number in range(LONGEST_REST):
        hours = calendar.on(day)
        opens, closes = (instant(day, clock, calendar.zone) for clock in (hours.opens, hours.closes))
        if calendar.works(day) and at < closes:
            return max(at, opens)
        day += DAY
    return at
