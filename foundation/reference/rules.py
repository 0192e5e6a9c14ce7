"""What may be changed in a row of reference data: what has begun may have been used, and stays explicable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation.components import formats
from foundation.reference.kinds import FROM, UNTIL, Column, DatedKind, Kind
from foundation.reference.models import DatedRow
from foundation.workflow.refusals import Complaint

Judge = Callable[[Any, Mapping[str, Any]], Iterator[Complaint]]
"""What is wrong with values for a row that stands, or for a new one."""


def changed_columns(kind: Kind, row: Any, values: Mapping[str, Any]) -> list[Column]:
    """The columns of a row that would be other ones."""
    return [
        column
        for column in kind.columns
        if column.name in values and column.differs(column.read(row), values[column.name])
    ]


def complaints(kind: DatedKind, row: DatedRow | None, values: Mapping[str, Any], *, on: date) -> Iterator[Complaint]:
    """What is wrong with these values for that row, or for a new one; what stands beside it is not looked at."""
    first = values.get(FROM.name) or (None if row is None else row.valid_from)
    last = values.get(UNTIL.name)
    if first is not None and last is not None and last < first:
        yield UNTIL.name, _("The last day lies before the first.")
    if row is None:
        return
    for column in changed_columns(kind, row, values):
        said = _objection(kind, column, row, values[column.name], on)
        if said:
            yield column.name, said


def _objection(kind: DatedKind, column: Column, row: DatedRow, value: Any, on: date) -> str:
    if column is UNTIL:
        return end_objection(kind, row, value, on=on)
    if kind.stays(column, row, on=on):
        return _("This row has begun and may have been used, so this stays. Set its end, and add a row that follows.")
    return ""


def end_objection(kind: DatedKind, row: DatedRow, last: date | None, *, on: date) -> str:
    """Why this cannot be the last day of a row that stands; empty when it can. The end of a fact may lie in the past."""
    if kind.facts:
        return ""
    if row.over(on):
        return _("This row is over and stays as it is. Add a row that follows.")
    if last is not None and last < on:
        return _("The last day lies in the past. Choose today or a later day.")
    return ""


def overlap(kind: Kind, title: str) -> str:
    """Two rows about the same on one day."""
    return _("On some of these days another row holds for the same: %(title)s. Of one key, one row holds on a day.") % {
        "title": title
    }


def period(first: date, last: date | None) -> str:
    """From when to when, in words."""
    if last is None:
        return _("from %(first)s") % {"first": formats.day(first)}
    return _("from %(first)s until %(last)s") % {"first": formats.day(first), "last": formats.day(last)}
