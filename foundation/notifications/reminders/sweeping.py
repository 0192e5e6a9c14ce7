"""The sweeper of reminders: plans what changed, plans ahead, gives what is due.

Woken by beat every few seconds. However many wake at once, one plans, and rows are given by whoever claimed them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from foundation.jobs.queue import LOST
from foundation.notifications.reminders import giving, kinds, planning
from foundation.notifications.reminders.kinds import ReminderKind
from foundation.notifications.reminders.models import Change, Planned
from foundation.notifications.reminders.queries import ATTEMPTS

CHANGES, OBLIGATIONS = 500, 1000
BATCHES = 20
PACE = timedelta(minutes=1)
"""How often the planner looks for dates that have come within the horizon."""
PLANNING_SECONDS, GIVING_SECONDS = 15, 15
_LAST_KEY = UUID(int=2**128 - 1)
_ONE_PLANS = 0x5EED_2026  # the advisory lock of the planner
log = logging.getLogger("wbcj.reminders")


@dataclass(frozen=True, kw_only=True)
class Swept:
    """What a sweep did: reminders written, moved or cancelled, and reminders that ended."""

    planned: int
    given: int


def sweep(*, clock: Callable[[], datetime] = timezone.now) -> Swept:
    """Plan and give; ends by itself after half a minute, the next sweep goes on."""
    planned = plan(clock=clock)
    return Swept(planned=planned, given=giving.give_due(clock=clock, seconds=GIVING_SECONDS))


Step = Callable[[datetime], tuple[int, bool]]
"""Does a piece of the planning; how many reminders it wrote, and whether there is more of it."""


def plan(*, clock: Callable[[], datetime] = timezone.now) -> int:
    """Plan what changed and what has come within the horizon; nothing while somebody else does.

    A kind that cannot be planned is not in the way of others: its error is logged, and how far it is planned shows to staff.
    """
    end = time.monotonic() + PLANNING_SECONDS
    steps: list[Step] = [_changes, *(partial(_ahead, kind) for kind in kinds.every())]
    return sum(_planned(step, clock, end) for step in steps)


def _planned(step: Step, clock: Callable[[], datetime], end: float) -> int:
    planned, more = 0, True
    try:
        while more and time.monotonic() < end:
            with transaction.atomic():
                if not _mine():
                    break
                written, more = step(clock())
                planned += written
    except LOST:
        raise
    except Exception:
        log.exception("not planned")
    return planned


def _mine() -> bool:
    """Until the end of the transaction, so a killed planner holds nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_PLANS])
        return bool(cursor.fetchone()[0])


def _changes(at: datetime) -> tuple[int, bool]:
    """Plan anew what the ripe notes name, and forget them. One that cannot be planned is put off, and is not in the way of others."""
    ripe = list(Change.objects.ripe(at).order_by("pk")[:CHANGES])
    try:
        written = _plan_notes(ripe, at)
    except LOST:
        raise
    except Exception:
        log.exception("notes are planned one by one", extra={"notes": len(ripe)})
        written = sum(_plan_or_put_off(note, at) for note in ripe)
    return written, len(ripe) == CHANGES


def _plan_notes(notes: Sequence[Change], at: datetime) -> int:
    with transaction.atomic():
        written = sum(_of_kind(kind, notes, at) for kind in kinds.every()) if notes else 0
        Change.objects.filter(pk__in=[note.pk for note in notes]).delete()
    return written


def _plan_or_put_off(note: Change, at: datetime) -> int:
    try:
        return _plan_notes([note], at)
    except LOST:
        raise
    except Exception as error:
        pause = timedelta(seconds=min(5 * 2 ** min(note.attempts, ATTEMPTS), 600))
        note.ripe_at, note.attempts, note.outcome = at + pause, min(note.attempts + 1, 1000), type(error).__name__
        note.save(update_fields=["ripe_at", "attempts", "outcome"])
        return 0


def _of_kind(kind: ReminderKind, notes: Sequence[Change], at: datetime) -> int:
    until = _reached(kind)
    if until is None:
        return 0
    keys = {note.obligation for note in notes if note.obligation is not None and note.kind == kind.name}
    if roots := {note.root for note in notes if note.root is not None}:
        keys |= planning.keys_under(kind, roots, until)
    if principals := {note.principal for note in notes if note.principal is not None}:
        keys |= planning.keys_for(kind, principals, at, until)
    if not keys:
        return 0
    return planning.write(kind, planning.of_keys(kind, keys), keys, planning.offsets_of(kind), at=at, until=until)


def _reached(kind: ReminderKind) -> datetime | None:
    """Until when this kind is planned; none when it never was, so that all of it is still to come."""
    return Planned.objects.filter(kind=kind.name).values_list("due_at", flat=True).first()


def _ahead(kind: ReminderKind, at: datetime) -> tuple[int, bool]:
    """Plan the next obligations that have come within the horizon."""
    offsets = planning.offsets_of(kind)
    end = at + planning.horizon(offsets)
    place = Planned.objects.filter(kind=kind.name).first() or Planned(
        kind=kind.name, due_at=at, obligation=_LAST_KEY, planned_at=at
    )
    if place.due_at > end - PACE and place.obligation == _LAST_KEY:
        return 0, False
    found = planning.due_from(kind, (place.due_at, place.obligation), end, OBLIGATIONS)
    keys = {key for _due_at, key in found.places}
    more = len(found.places) >= OBLIGATIONS
    reached = found.places[-1] if more else (end, _LAST_KEY)
    written = planning.write(kind, found, keys, offsets, at=at, until=end, since=min(at, place.planned_at))
    place.due_at, place.obligation = reached
    if not more:
        place.planned_at = at
    place.save()
    return written, more
