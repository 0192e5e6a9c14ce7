"""Load the reference data of reminders: what is missing is made, what is there is left as staff have it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from foundation.notifications.reminders import kinds
from foundation.notifications.reminders.models import Offset, WorkingHours
from foundation.workflow.actions import action

FROM = date(2024, 1, 1)
_FOLDER = Path(__file__).parent


@action
def load() -> int:
    """Make the rows that are missing; how many were made. May run any number of times."""
    return _offsets() + _hours()


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
