"""Rows of reference data as staff set them. What has begun is ended and followed by another row, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import ExclusionViolation, UniqueViolation

from foundation import access
from foundation.audit import record
from foundation.pages.models import Draft
from foundation.reference import differences, history, proposals, rules
from foundation.reference.acts import ActKind, act_of
from foundation.reference.differences import Difference, Line
from foundation.reference.kinds import UNTIL, DatedKind, Kind
from foundation.reference.models import Act, DatedRow
from foundation.reference.permissions import ReferencePermission
from foundation.reference.refusals import DataMoved, UnableToChange, UnableToImport
from foundation.reference.tables import Table
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal, demand


@action
def add(*, kind: DatedKind, values: Mapping[str, Any], by: Actor, at: datetime) -> DatedRow:
    """Add a row. Who may: the programme team.

    Raises Forbidden, UnableToChange (its days overlap those of another row of its key, or do not run forward).
    """
    access.require(by, ReferencePermission.CHANGE)
    _one_after_the_other(kind)
    demand(rules.complaints(kind, None, values, on=at.date()), UnableToChange)
    row = _stored(kind, kind.model(), values)
    _remember(kind, row, Act.ADDED, values, before=None, by=by, at=at)
    record.happened("reference.row.added", by=by)
    return row


@action
def change(
    *, kind: DatedKind, row: DatedRow, values: Mapping[str, Any], version: int, by: Actor, at: datetime
) -> DatedRow:
    """Change what may be changed in a row: words, places and facts at any time, the rest until it begins. Who may: the programme team.

    Raises Forbidden, StaleVersion, UnableToChange (what stays, was to change; days overlap).
    """
    access.require(by, ReferencePermission.CHANGE)
    _one_after_the_other(kind)
    row = access.locked(row, version=version)
    demand(rules.complaints(kind, row, values, on=at.date()), UnableToChange)
    before = kind.values(row)
    columns = rules.changed_columns(kind, row, values)
    if not columns:
        raise UnableToChange(_("Nothing was changed in this row."))
    act = act_of(kind, row, {column.name for column in columns}, values)
    row = _stored(kind, row, {column.name: values[column.name] for column in columns})
    _remember(kind, row, act, kind.values(row), before=before, by=by, at=at)
    record.happened("reference.row.changed", by=by)
    return row


@action
def end(*, kind: DatedKind, row: DatedRow, valid_until: date, version: int, by: Actor, at: datetime) -> None:
    """Set the last day of a row. One that has not begun by then is withdrawn: it was never used. Who may: the programme team.

    A fact whose last day lies before its first was never one: it is withdrawn as well.

    Raises Forbidden, StaleVersion, UnableToChange (it is over, the day lies in the past).
    """
    access.require(by, ReferencePermission.CHANGE)
    _one_after_the_other(kind)
    row = access.locked(row, version=version)
    today = at.date()
    said = rules.end_objection(kind, row, valid_until, on=today)
    if said:
        raise UnableToChange(said)
    before = kind.values(row)
    if valid_until < row.valid_from and (kind.facts or not row.begun(today)):
        _remember(kind, row, Act.WITHDRAWN, {}, before=before, by=by, at=at)
        _delete(row)
        record.happened("reference.row.withdrawn", by=by)
        return
    row = _stored(kind, row, {UNTIL.name: valid_until})
    _remember(kind, row, Act.ENDED, kind.values(row), before=before, by=by, at=at)
    record.happened("reference.row.ended", by=by)


@action
def propose(*, kind: Kind, table: Table, by: Actor, at: datetime) -> None:
    """Keep the rows of a file for the person who gave it, until that person has seen what they would change and says so.

    Another file takes its place. Who may: whoever may change them. Raises Forbidden.
    """
    access.require(by, kind.change)
    proposals.kept(kind, by=by).delete()
    Draft.objects.create(membership_id=by.membership_id, typed=table.as_data(), saved_at=at, **proposals.place(kind))
    record.happened("reference.rows.proposed", by=by)


@action
def forget(*, kind: Kind, by: Actor) -> None:
    """Throw away the rows of a file that shall not be brought in. Who may: whoever may change them. Raises Forbidden."""
    access.require(by, kind.change)
    proposals.kept(kind, by=by).delete()
    record.happened("reference.rows.forgotten", by=by)


@action
def bring_in(*, kind: Kind, fingerprint: UUID, by: Actor, at: datetime) -> Difference:
    """Write exactly the difference with this fingerprint, all of it or nothing, and forget the file. Who may: whoever may change them.

    Raises Forbidden, UnableToImport (no file waits, something is wrong in it, nothing to write), DataMoved.
    """
    access.require(by, kind.change)
    _one_after_the_other(kind)
    table = proposals.standing(kind, by=by)
    if table is None:
        raise UnableToImport(_("No file waits to be brought in. Give it once more."))
    difference = differences.planned(kind, table, on=at.date())
    if difference.fingerprint != fingerprint:
        raise DataMoved(_("What stands here has changed since this was shown. Look at the differences again."))
    if not difference.can_be_written:
        raise UnableToImport(_("There is nothing to write, or something in the file is wrong."))
    _write(kind, difference, by=by, at=at)
    proposals.kept(kind, by=by).delete()
    record.happened("reference.rows.imported", by=by)
    return difference


def _write(kind: Kind, difference: Difference, *, by: Actor, at: datetime) -> None:
    """Ends first, so that what follows finds its days free."""
    for line in sorted(difference.lines, key=_order):
        if isinstance(kind, ActKind):
            _let_act(kind, line, by=by, at=at)
        elif isinstance(kind, DatedKind):
            before = None if line.row is None else kind.values(line.row)
            row = _stored(kind, line.row or kind.model(), line.values)
            _remember(kind, row, line.act, kind.values(row), before=before, by=by, at=at)


def _let_act(kind: ActKind, line: Line, *, by: Actor, at: datetime) -> None:
    """By the act of the kind, which asks its rules once more and remembers what it did."""
    try:
        kind.write(line.act, line.row, kind.after(line.row, line.values), by, at)
    except Refusal as error:
        said = _("Row %(number)s: %(said)s") % {"number": line.number, "said": error}
        raise UnableToImport(said) from error


def _order(line: Line) -> tuple[bool, bool, int]:
    return line.act == Act.ADDED, line.act == Act.CHANGED, line.number


def _one_after_the_other(kind: Kind) -> None:
    """Changes of one kind wait for one another, to the end of the transaction."""
    access.one_at_a_time(f"reference:{kind.name}")


def _stored(kind: DatedKind, row: DatedRow, values: Mapping[str, Any]) -> DatedRow:
    """The row with these values; the database itself lets no two rows of a key hold on one day."""
    for name, value in values.items():
        kind.by_name[name].write(row, value)
    stored = {"translations" if kind.by_name[name].language else name for name in values}
    row.version = 1 if row.pk is None else row.version + 1
    try:
        with transaction.atomic():
            row.save(update_fields=None if row.pk is None else [*sorted(stored), "version"])
    except IntegrityError as error:
        if not isinstance(error.__cause__, ExclusionViolation | UniqueViolation):
            raise
        raise UnableToChange(_taken(kind, row)) from error
    return row


def _delete(row: DatedRow) -> None:
    """Take a row away that was never used; whether it was is asked of the database, which sees what this actor may not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            row.delete()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise UnableToChange(_("This row was used already. Let it begin, and set its end then.")) from error


def _taken(kind: DatedKind, row: DatedRow) -> str:
    """Which row holds on these days already."""
    mine = kind.values(row)
    others = [values for one in kind.rows() if one.pk != row.pk and (values := kind.values(one))]
    last = mine[UNTIL.name] or date.max
    titles = [
        kind.title(other)
        for other in others
        if kind.about(other) == kind.about(mine)
        and other["valid_from"] <= last
        and (other[UNTIL.name] or date.max) >= mine["valid_from"]
    ]
    return rules.overlap(kind, ", ".join(titles))


def _remember(
    kind: DatedKind,
    row: DatedRow,
    act: Act,
    after: Mapping[str, Any],
    *,
    before: Mapping[str, Any] | None,
    by: Actor,
    at: datetime,
) -> None:
    history.remember(kind, act=act, row=row.pk, before=before or {}, after=after, by=by, at=at)
