"""What a file would change: row by row, field by field, before anything is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.reference import rules
from foundation.reference.acts import ActKind, act_of
from foundation.reference.kinds import UNTIL, Column, DatedKind, Kind, Values, cell
from foundation.reference.models import Act
from foundation.reference.rules import Judge
from foundation.reference.tables import Table

NO_FINGERPRINT = UUID(int=0)
NOTHING: Values = {}


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """A cell that cannot be taken; ``number`` is the row of the file, ``column`` its heading."""

    number: int
    column: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Cells:
    """A value before and after, as cells of a file."""

    name: str
    label: Promise | str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """What becomes of one row: ``row`` stands already, or is none yet."""

    number: int
    act: Act
    title: str
    row: Any
    values: Values
    cells: tuple[Cells, ...]


@dataclass(kw_only=True)
class Difference:
    """Everything that a file would do. ``absent`` rows stand and are not in the file: they are left alone."""

    lines: list[Line] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    unchanged: int = 0
    absent: int = 0
    fingerprint: UUID = NO_FINGERPRINT

    def of(self, act: Act) -> list[Line]:
        """The rows with which this would be done."""
        return [line for line in self.lines if line.act == act]

    @property
    def added(self) -> list[Line]:
        return self.of(Act.ADDED)

    @property
    def changed(self) -> list[Line]:
        return self.of(Act.CHANGED)

    @property
    def ended(self) -> list[Line]:
        return self.of(Act.ENDED)

    @property
    def taken_back(self) -> list[Line]:
        return [*self.of(Act.WITHDRAWN), *self.of(Act.STRUCK)]

    @property
    def can_be_written(self) -> bool:
        """Is there something to write, and nothing wrong?"""
        return bool(self.lines) and not self.wrong


def planned(kind: Kind, table: Table, *, on: date) -> Difference:
    """What the file would change in what stands now. One statement, and what the rules of the kind go by."""
    rows = kind.rows()
    standing = {plan_key(kind, kind.values(row)): row for row in rows}
    plan = _Plan(kind=kind, judge=_judge(kind, on), standing=standing)
    for number, cells in table.rows:
        plan.take(number, dict(zip(table.headings, cells, strict=False)))
    found = plan.found
    found.absent = sum(key not in plan.seen for key in plan.standing)
    found.wrong += _overlaps(kind, rows, found.lines)
    found.wrong.sort(key=lambda one: one.number)
    found.fingerprint = _fingerprint(kind, table, rows, found)
    return found


def plan_key(kind: Kind, values: Mapping[str, Any]) -> tuple[object, ...]:
    """By what a row of a file and one that stands are the same: what they are about, and their first day."""
    return (*kind.about(values), values[kind.begins.name])


def _judge(kind: Kind, on: date) -> Judge:
    if isinstance(kind, ActKind):
        return kind.judge(on)
    assert isinstance(kind, DatedKind)
    return partial(rules.complaints, kind, on=on)


@dataclass(kw_only=True)
class _Plan:
    """Takes the rows of a file one by one."""

    kind: Kind
    judge: Judge
    standing: Mapping[tuple[object, ...], Any]
    seen: dict[tuple[object, ...], int] = field(default_factory=dict)
    found: Difference = field(default_factory=Difference)

    def take(self, number: int, cells: Mapping[str, str]) -> None:
        """One row of the file."""
        values = self._read(number, cells)
        if values is None:
            return
        key = plan_key(self.kind, values)
        if key in self.seen:
            said = _("Row %(number)s of the file is about the same, from the same day.") % {"number": self.seen[key]}
            self._wrong(number, self.kind.known_by[0], said)
            return
        self.seen[key] = number
        self._compare(self.standing.get(key), values, number)

    def _wrong(self, number: int, column: str, said: str) -> None:
        self.found.wrong.append(Wrong(number=number, column=column, said=said))

    def _read(self, number: int, cells: Mapping[str, str]) -> Values | None:
        """The values of one row; none when a cell is wrong, which is noted."""
        values: Values = {}
        for name, text in cells.items():
            try:
                values[name] = self.kind.by_name[name].parse(text)
            except ValidationError as error:
                self._wrong(number, name, " ".join(error.messages))
        return values if len(values) == len(cells) else None

    def _compare(self, row: Any, values: Values, number: int) -> None:
        if row is not None and self.kind.is_gone(row):
            # What was taken back and is in the file again shall stand, unless the file itself says that it is gone.
            values = {self.kind.gone: False, **values}
        wrong = [*self._missing(row, values)] or [*self.judge(row, values)]
        for name, said in wrong:
            self._wrong(number, name, said)
        if wrong:
            return
        columns = list(self.kind.columns) if row is None else rules.changed_columns(self.kind, row, values)
        if not columns:
            self.found.unchanged += 1
            return
        line = Line(
            number=number,
            act=act_of(self.kind, row, {column.name for column in columns}, values),
            title=self.kind.title(values),
            row=row,
            values=values,
            cells=tuple(cells_of(columns, row, values)),
        )
        self.found.lines.append(line)

    def _missing(self, row: Any, values: Values) -> Iterator[tuple[str, str]]:
        if row is None:
            for column in self.kind.columns:
                if column.name not in values and (column.needed or column.field().required):
                    yield column.name, _("A new row needs this column.")


def cells_of(columns: Iterable[Column], row: Any, values: Mapping[str, Any]) -> Iterator[Cells]:
    """The columns with what stands and what comes; of a new row, those that say something."""
    for column in columns:
        before, after = "" if row is None else cell(column.read(row)), cell(values.get(column.name))
        if before or after:
            yield Cells(name=column.name, label=column.label, before=before, after=after)


def told(kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is kept of a change: column -> before and after, as cells of a file."""
    pairs = {column.name: [cell(before.get(column.name)), cell(after.get(column.name))] for column in kind.columns}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _overlaps(kind: Kind, standing: Iterable[Any], lines: Sequence[Line]) -> Iterator[Wrong]:
    """Rows of the file that would hold on a day on which another row about the same holds; of rows that have a last day."""
    if UNTIL.name not in kind.by_name:
        return
    changed = {line.row.pk: line for line in lines if line.row is not None}
    after: list[tuple[tuple[str, ...], date, date, int, str]] = []
    for row in standing:
        line = changed.get(row.pk)
        values = {**kind.values(row), **(line.values if line else NOTHING)}
        if not (kind.gone and values[kind.gone]):
            after.append(_place(kind, values, line.number if line else 0))
    after += [_place(kind, line.values, line.number) for line in lines if line.row is None]
    for one, other in pairwise(sorted(after)):
        if one[0] == other[0] and other[1] <= one[2]:
            for mine, theirs in ((one, other), (other, one)):
                if mine[3]:
                    yield Wrong(number=mine[3], column=kind.begins.name, said=rules.overlap(kind, theirs[4]))


def _place(kind: Kind, values: Mapping[str, Any], number: int) -> tuple[tuple[str, ...], date, date, int, str]:
    last = values.get(UNTIL.name) or date.max
    return kind.about(values), values[kind.begins.name], last, number, kind.title(values)


def _fingerprint(kind: Kind, table: Table, standing: Iterable[Any], found: Difference) -> UUID:
    """Of the file, of what stands, and of the difference between them: any of the three moves, and it is another one."""
    content = [
        kind.name,
        list(table.headings),
        [[number, list(cells)] for number, cells in table.rows],
        sorted([str(row.pk), *map(cell, kind.values(row).values())] for row in standing),
        [[line.number, line.act, [[one.name, one.before, one.after] for one in line.cells]] for line in found.lines],
        len(found.wrong),
    ]
    return UUID(bytes=hashlib.sha256(json.dumps(content).encode()).digest()[:16])
