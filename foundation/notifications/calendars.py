"""Reads the dated rows of working hours and public holidays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from foundation.notifications.quiet import Calendar, Hours, zone_of
from foundation.notifications.reminders.models import Holiday, WorkingHours


@dataclass
class Calendars:
    """The calendars of some partners, read in two statements; a partner without hours of its own has those of everybody."""

    _hours: dict[UUID | None, tuple[Hours, ...]] = field(default_factory=dict)
    _holidays: dict[UUID, frozenset[date]] = field(default_factory=dict)

    @classmethod
    def of(cls, partners: Iterable[UUID]) -> Calendars:
        """Read them now."""
        wanted = set(partners)
        hours: dict[UUID | None, list[Hours]] = {}
        for row in WorkingHours.objects.for_partners(wanted):
            hours.setdefault(row.partner_id, []).append(_plain(row))
        days: dict[UUID, set[date]] = {}
        standing = Holiday.objects.standing().filter(partner__in=wanted)
        for partner_id, day in standing.values_list("partner_id", "day"):
            days.setdefault(partner_id, set()).add(day)
        return cls(
            {key: tuple(rows) for key, rows in hours.items()}, {key: frozenset(found) for key, found in days.items()}
        )

    def seen_from(self, partner_id: UUID, time_zone: str) -> Calendar:
        """The partner's days in a person's time zone."""
        hours = self._hours.get(partner_id) or self._hours.get(None, ())
        return Calendar(zone_of(time_zone), hours, self._holidays.get(partner_id, frozenset()))


def calendar_of(partner_id: UUID, time_zone: str) -> Calendar:
    """The calendar of one person."""
    return Calendars.of([partner_id]).seen_from(partner_id, time_zone)


def _plain(row: WorkingHours) -> Hours:
    return Hours(
        valid_from=row.valid_from,
        opens=row.opens,
        closes=row.closes,
        reminds=row.reminds,
        days=frozenset(row.days),
    )
