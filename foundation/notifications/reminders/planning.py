"""The planner: writes, moves and cancels reminders so that they follow from the dates as they stand.

It acts for nobody: it reads keys and instants that definer functions list (``sources``), and writes nothing but reminders.
Planning twice writes once; each batch is one transaction, so a killed planner leaves everything to be planned again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from foundation.notifications.calendars import Calendars
from foundation.notifications.reminders.instants import Ahead, plan
from foundation.notifications.reminders.kinds import ReminderKind
from foundation.notifications.reminders.models import WAITING, Offset, Outcome, Reminder

# A reminder may move back over a row of holidays, and a worker may be away for a weekend.
MARGIN = timedelta(days=14)
_FIRST_KEY = UUID(int=0)
_WRITTEN = ("due_at", "given_at", "planned_at", "root", "ended_at", "outcome", "attempts", "held_until")

Key = tuple[UUID, UUID, int]
"""Obligation, membership, days before."""


@dataclass(frozen=True)
class Obligation:
    """A date that waits for one live membership that sees it."""

    key: UUID
    root: UUID | None
    due_at: datetime
    account: UUID
    membership: UUID
    time_zone: str
    partner: UUID


@dataclass(frozen=True)
class Found:
    """What a source listed: every unfinished obligation with its date, and those that wait for somebody, by recipient."""

    places: list[tuple[datetime, UUID]]
    waiting: list[Obligation]


def offsets_of(kind: ReminderKind) -> list[Ahead]:
    """The offsets of a kind, of all times."""
    rows = Offset.objects.standing().filter(kind=kind.name)
    return [Ahead(days=row.days, valid_from=row.valid_from, valid_until=row.valid_until) for row in rows]


def horizon(offsets: Iterable[Ahead]) -> timedelta:
    """How far ahead dates are planned."""
    return timedelta(days=max((row.days for row in offsets), default=0)) + MARGIN


def of_keys(kind: ReminderKind, keys: Iterable[UUID]) -> Found:
    """What stands of these obligations."""
    return _ask(kind, [list(keys), None, None, None, "infinity", None])


def keys_under(kind: ReminderKind, roots: Iterable[UUID], until: datetime) -> set[UUID]:
    """The unfinished obligations under some roots, due until then."""
    return _keys(kind, [None, list(roots), None, None, until, None])


def keys_for(kind: ReminderKind, principals: Iterable[int], at: datetime, until: datetime) -> set[UUID]:
    """The unfinished obligations that wait for some principals, or for memberships of those principals, due in that time."""
    parameters = [None, None, at, _FIRST_KEY, until, None, list(principals), list(principals)]
    return _keys(kind, parameters, _OF_PRINCIPALS)


def due_from(kind: ReminderKind, after: tuple[datetime, UUID], until: datetime, at_most: int) -> Found:
    """The next obligations from a place on."""
    return _ask(kind, [None, None, *after, until, at_most])


_SOURCE = "FROM {source}(%s::uuid[], %s::uuid[], %s, %s, %s, %s) s"
_OF_PRINCIPALS = " WHERE s.principal = ANY (%s) OR s.membership IN (SELECT m.id FROM tenancy_membership m WHERE m.group_id = ANY (%s))"
_WITH_RECIPIENTS = (
    "SELECT DISTINCT s.obligation, s.root, s.due_at, r.account_id, r.membership_id, r.time_zone, r.partner_id {source}"
    " LEFT JOIN LATERAL notifications_living(s.root, s.principal, s.membership) r ON true"
)


def _ask(kind: ReminderKind, parameters: list[Any]) -> Found:
    with connection.cursor() as cursor:
        cursor.execute(_WITH_RECIPIENTS.format(source=_from(kind)), parameters)
        rows = cursor.fetchall()
    return Found(sorted({(row[2], row[0]) for row in rows}), [Obligation(*row) for row in rows if row[4] is not None])


def _keys(kind: ReminderKind, parameters: list[Any], narrowed: str = "") -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT s.obligation {_from(kind)}{narrowed}", parameters)
        return {row[0] for row in cursor.fetchall()}


def _from(kind: ReminderKind) -> str:
    return _SOURCE.format(source=connection.ops.quote_name(kind.source))


def write(
    kind: ReminderKind,
    found: Found,
    keys: Iterable[UUID],
    offsets: Sequence[Ahead],
    *,
    at: datetime,
    until: datetime,
    since: datetime | None = None,
) -> int:
    """Let the reminders of these obligations be those that follow from what was found; how many were written, moved or cancelled.

    Dates after ``until`` are planned when the horizon reaches them. No reminder is new for an instant before ``since`` (``at``).
    """
    since = since or at
    wanted = _wanted(kind, [one for one in found.waiting if one.due_at <= until], offsets, at=at, since=since)
    standing = list(Reminder.objects.filter(kind=kind.name, obligation__in=set(keys)))
    known = {(row.obligation, row.membership, row.days, row.due_at) for row in standing}
    new = {key: row for key, row in wanted.items() if (*key, row.due_at) not in known and row.given_at >= since}
    moved = [_revived(row, wanted[_key(row)]) for row in standing if _comes_back(row, wanted, since)]
    cancelled: dict[Outcome, list[UUID]] = {}
    reasons = _Reasons(found)
    for row in standing:
        if row.ended_at is not None or row.failed_at is not None:
            continue
        key = _key(row)
        target = wanted.get(key)
        if target is not None and target.due_at == row.due_at:
            # One that is about to be given is not put off.
            if row.given_at > at and target.given_at != row.given_at:
                moved.append(_moved(row, target))
        elif key in new:
            moved.append(_moved(row, new.pop(key)))
        else:
            cancelled.setdefault(reasons.why(row), []).append(row.pk)
    return _written(list(new.values()), moved, cancelled, at=at)


class _Reasons:
    """Why a reminder is not planned any more."""

    def __init__(self, found: Found) -> None:
        self.dates = {key: due_at for due_at, key in found.places}
        self.people = {(one.key, one.membership) for one in found.waiting}

    def why(self, row: Reminder) -> Outcome:
        if row.obligation not in self.dates:
            return Outcome.FINISHED
        if (row.obligation, row.membership) not in self.people:
            return Outcome.NOT_ENTITLED
        return Outcome.CANCELLED if self.dates[row.obligation] == row.due_at else Outcome.MOVED


def _wanted(
    kind: ReminderKind, found: Sequence[Obligation], offsets: Sequence[Ahead], *, at: datetime, since: datetime
) -> dict[Key, Reminder]:
    calendars = Calendars.of(one.partner for one in found)
    wanted: dict[Key, Reminder] = {}
    for one in found:
        calendar = calendars.seen_from(one.partner, one.time_zone)
        for days, given_at in plan(one.due_at, offsets, calendar, urgent=kind.urgent, since=since).items():
            wanted[one.key, one.membership, days] = Reminder(
                kind=kind.name,
                obligation=one.key,
                root=one.root,
                account=one.account,
                membership=one.membership,
                days=days,
                due_at=one.due_at,
                given_at=given_at,
                planned_at=at,
            )
    return wanted


def _key(row: Reminder) -> Key:
    return row.obligation, row.membership, row.days


def _comes_back(row: Reminder, wanted: dict[Key, Reminder], since: datetime) -> bool:
    """It ended without being given (sight was lost, a date moved away), and follows from the dates again."""
    target = wanted.get(_key(row))
    if row.ended_at is None or row.outcome == Outcome.GIVEN or target is None:
        return False
    return target.due_at == row.due_at and target.given_at >= since


def _revived(row: Reminder, target: Reminder) -> Reminder:
    row.ended_at, row.outcome, row.attempts, row.held_until = None, "", 0, None
    return _moved(row, target)


def _moved(row: Reminder, target: Reminder) -> Reminder:
    row.due_at, row.given_at, row.planned_at, row.root = target.due_at, target.given_at, target.planned_at, target.root
    return row


def _written(new: list[Reminder], moved: list[Reminder], cancelled: dict[Outcome, list[UUID]], *, at: datetime) -> int:
    # Whoever is giving a reminder at this moment wins: what was given meanwhile is left alone.
    free = set(
        Reminder.objects.filter(~Q(outcome=Outcome.GIVEN), pk__in=[row.pk for row in moved])
        .order_by("pk")
        .select_for_update()
        .values_list("pk", flat=True)
    )
    Reminder.objects.bulk_update([row for row in moved if row.pk in free], _WRITTEN, batch_size=1000)
    Reminder.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    gone = sum(
        Reminder.objects.filter(WAITING, pk__in=keys).update(ended_at=at, outcome=why)
        for why, keys in cancelled.items()
    )
    return len(new) + len(free) + gone
