"""Bring the reference data of cases up to the shipped state, as often as one likes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cases.models.reference import CrimeType, Dated, Priority
from cases.reference.crime_types import CRIME_TYPES, IN_FORCE_FROM
from cases.reference.priorities import CYCLES
from foundation.workflow.actions import action


@action
def load() -> int:
    """Add what is missing and say how much that was; a row that is there is never changed, for staff may have edited it."""
    added = _add(CrimeType, CRIME_TYPES, IN_FORCE_FROM, None)
    return added + sum(_add(Priority, cycle.priorities, cycle.first_day, cycle.last_day) for cycle in CYCLES)


def _add(model: type[Dated], rows: Iterable[tuple[str, str]], first: date, last: date | None) -> int:
    added = 0
    for position, (code, name) in enumerate(rows, start=1):
        values = {"name": name, "position": position, "valid_until": last}
        added += model._default_manager.get_or_create(code=code, valid_from=first, defaults=values)[1]
    return added
