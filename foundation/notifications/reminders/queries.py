"""How reminders stand, for staff: numbers, instants and keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.components import formats
from foundation.notifications.reminders import kinds
from foundation.notifications.reminders.models import (
    WAITING,
    Change,
    Holiday,
    Offset,
    Outcome,
    Planned,
    Reminder,
    WorkingHours,
)
from foundation.tenancy.choices import PartnerKind

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


@dataclass(frozen=True, kw_only=True)
class Troubles:
    """In short: how many are due and not begun, and how many have failed."""

    due: int
    failed: int


def troubles(at: datetime) -> Troubles:
    """Two statements."""
    failed = Reminder.objects.filter(failed_at__isnull=False)
    return Troubles(due=_due(at)[:CAP].count(), failed=failed[:CAP].count())


def _due(at: datetime) -> QuerySet[Reminder]:
    free = Q(held_until__isnull=True) | Q(held_until__lte=at)
    return Reminder.objects.filter(WAITING, free, given_at__lte=at)


def standing(at: datetime, *, limit: int = 100) -> Standing:
    """Eight statements, each by an index and bounded."""
    waiting = Reminder.objects.filter(WAITING)
    due = _due(at)
    given = Reminder.objects.filter(outcome=Outcome.GIVEN, ended_at__gt=at - DAY)
    return Standing(
        waiting=waiting[:CAP].count(),
        due=due[:CAP].count(),
        oldest_due_at=due.order_by("given_at").values_list("given_at", flat=True).first(),
        held=waiting.filter(held_until__gt=at, given_at__lte=at)[:CAP].count(),
        given_today=given[:CAP].count(),
        to_plan=Change.objects.ripe(at)[:CAP].count(),
        unplannable=Change.objects.filter(attempts__gte=ATTEMPTS)[:CAP].count(),
        planned_until=_planned_until(),
        failures=tuple(Reminder.objects.filter(failed_at__isnull=False).order_by("-failed_at")[:limit]),
    )


def _planned_until() -> datetime | None:
    """Up to when every kind is planned; none as long as one of them is not at all."""
    places = dict(Planned.objects.values_list("kind", "due_at"))
    every = [places.get(kind.name) for kind in kinds.every()]
    reached = [place for place in every if place is not None]
    return min(reached) if reached and len(reached) == len(every) else None


@dataclass(frozen=True, kw_only=True)
class OffsetLine:
    """A kind with the days before that are in force or to come, the furthest first."""

    label: str
    offsets: tuple[Offset, ...]


def offset_lines(on: date) -> list[OffsetLine]:
    """Every kind with its offsets; one statement."""
    rows = Offset.objects.standing().filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).order_by("-days")
    found: dict[str, list[Offset]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return [OffsetLine(label=str(kind.label), offsets=tuple(found.get(kind.name, ()))) for kind in kinds.every()]


def in_words(offset: Offset) -> str:
    """An offset as a sentence."""
    kind = kinds.named(offset.kind)
    days = ngettext("%(days)s day before", "%(days)s days before", offset.days) % {"days": offset.days}
    return f"{kind.label if kind else offset.kind}: {days if offset.days else _('on the day itself')}"


@dataclass(frozen=True, kw_only=True)
class HoursLine:
    """Working hours with their days in words."""

    row: WorkingHours
    days: str


def hours_lines(names: Mapping[int, Promise | str]) -> list[HoursLine]:
    """All rows, those of everybody first, the latest first; one statement."""
    rows = WorkingHours.objects.select_related("partner")
    ordered = rows.order_by(F("partner__position").asc(nulls_first=True), "partner__name", "-valid_from")
    return [HoursLine(row=row, days=", ".join(str(names[day]) for day in row.days)) for row in ordered]


def holidays_from(day: date, *, until: date) -> list[Holiday]:
    """The holidays of the Western Balkan partners and of Eurojust in that time; one statement."""
    shown = Q(partner__kind__in=(PartnerKind.WESTERN_BALKAN, PartnerKind.EUROJUST)) | Q(source="")
    rows = Holiday.objects.standing().filter(shown, day__gte=day, day__lte=until).select_related("partner")
    return list(rows.order_by("partner__position", "day")[:300])


def holiday_in_words(holiday: Holiday) -> str:
    """A holiday as a line."""
    return f"{holiday.partner.name}, {formats.day(holiday.day)}: {holiday.name}"
