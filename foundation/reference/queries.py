"""Reference data as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from foundation.components.folding import fold
from foundation.pages import values
from foundation.reference.kinds import Column, DatedKind, Kind
from foundation.reference.models import Change, DatedRow, WordedRow

MOST_CHANGES = 200


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a list, its values in words."""

    row: DatedRow
    title: str
    cells: tuple[tuple[Promise | str, str], ...]
    in_force: bool
    to_come: bool
    over: bool


@dataclass(frozen=True, kw_only=True)
class Told:
    """One change of the past: what became of which column."""

    change: Change
    cells: tuple[tuple[str, str, str], ...]


def lines(kind: DatedKind, *, text: str, day: date | None, on: date) -> list[Line]:
    """The rows that fit, in the order of lists; one statement."""
    rows = [row for row in kind.rows() if day is None or _holds(row, day)]
    wanted = fold(text)
    found = [_line(kind, row, on) for row in rows]
    return [line for line in found if not wanted or wanted in _searched(kind, line)]


def _holds(row: DatedRow, day: date) -> bool:
    return row.begun(day) and not row.over(day)


def _line(kind: DatedKind, row: DatedRow, on: date) -> Line:
    return Line(
        row=row,
        title=kind.title(kind.values(row)),
        cells=tuple((column.label, shown(column, row)) for column in kind.shown()),
        in_force=_holds(row, on),
        to_come=not row.begun(on),
        over=row.over(on),
    )


def _searched(kind: DatedKind, line: Line) -> str:
    plain = [str(value) for value in kind.values(line.row).values()]
    return fold(" ".join([*plain, *(text for _label, text in line.cells)]))


def shown(column: Column, row: DatedRow) -> str:
    """A value in the reader's words."""
    if isinstance(row, WordedRow) and column.name in row.worded:
        return row.said(column.name)
    field = column.field()
    return "; ".join(values.words(field, values.typed(field, column.read(row))))


def history(kind: Kind, *, row: str = "", limit: int = MOST_CHANGES) -> list[Told]:
    """Who changed which row when, the latest first; one statement."""
    found = Change.objects.filter(kind=kind.name).select_related("by__account", "by__authority")
    if row:
        found = found.filter(row=row)
    return [_told(kind, change) for change in found[:limit]]


def _told(kind: Kind, change: Change) -> Told:
    known = kind.by_name
    cells = [
        (str(known[name].label) if name in known else name, before, after)
        for name, (before, after) in change.changes.items()
    ]
    return Told(change=change, cells=tuple(cells))


def last_change(kind: Kind, row: DatedRow) -> Change | None:
    """The latest change of a row; one statement."""
    found = Change.objects.filter(kind=kind.name, row=str(row.pk)).select_related("by__account", "by__authority")
    return found.first()


def counted(kinds: Sequence[DatedKind], *, on: date) -> list[tuple[DatedKind, int, int]]:
    """Each kind with how many rows hold on that day, and how many there are; one statement each."""
    read = [(kind, kind.rows()) for kind in kinds]
    return [(kind, sum(_holds(row, on) for row in rows), len(rows)) for kind, rows in read]
