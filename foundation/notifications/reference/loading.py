"""Load the reference data of reminders: what is missing is made, what is there is left as staff have it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import holidays

from foundation.notifications.reminders import kinds
from foundation.notifications.reminders.models import Holiday, Offset, WorkingHours
from foundation.tenancy.choices import PartnerKind
from foundation.tenancy.models import Partner
from foundation.workflow.actions import action

FROM = date(2024, 1, 1)
YEARS_AHEAD = 2
_FOLDER = Path(__file__).parent


@action
def load() -> int:
    """Make the rows that are missing; how many were made. May run any number of times."""
    return _offsets() + _hours() + _holidays()


def _offsets() -> int:
    """The first offsets of each kind that never had one."""
    known = set(Offset.objects.values_list("kind", flat=True))
    missing = [
        Offset(kind=kind.name, days=days, valid_from=FROM)
        for kind in kinds.every()
        if kind.name not in known
        for days in kind.first_offsets
    ]
    return len(Offset.objects.bulk_create(missing))


def _hours() -> int:
    if WorkingHours.objects.filter(partner=None).exists():
        return 0
    with (_FOLDER / "hours.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            WorkingHours(
                valid_from=row["valid_from"],
                opens=row["opens"],
                closes=row["closes"],
                reminds=row["reminds"],
                days=[int(day) for day in row["days"]],
            )
            for row in csv.DictReader(file)
        ]
    return len(WorkingHours.objects.bulk_create(rows))


def _holidays() -> int:
    """Public holidays of this year and the next two, as the library of that name knows them; staff add and strike out what differs.

    Holidays of the moon are estimated there, and say so. Eurojust's own days are entered by staff.
    """
    this_year = datetime.now(UTC).year
    known = set(Holiday.objects.values_list("partner_id", "day"))
    missing = [
        Holiday(partner=partner, day=day, name=name[:120], source=f"holidays {version('holidays')}")
        for partner in Partner.objects.filter(kind__in=(PartnerKind.WESTERN_BALKAN, PartnerKind.MEMBER_STATE))
        for day, name in _days_of(partner.code, range(this_year, this_year + YEARS_AHEAD + 1))
        if (partner.pk, day) not in known
    ]
    return len(Holiday.objects.bulk_create(missing))


def _days_of(code: str, years: range) -> Iterator[tuple[date, str]]:
    """Days and names in English where the library has them; nothing for a partner that it does not know."""
    supported = holidays.list_supported_countries()
    if code not in supported:
        return
    in_english = "en_US" in holidays.list_localized_countries().get(code, ())
    yield from holidays.country_holidays(code, years=years, language="en_US" if in_english else None).items()
