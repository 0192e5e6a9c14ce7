"""Kinds of reminders. The app that owns a date declares each in its ``reminders`` module; nothing else is needed for a new kind.

The definer function that a kind names is made by ``foundation.notifications.reminders.sources`` in a migration of that app.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from foundation import access
from foundation.notifications import kinds as notice_kinds
from foundation.tenancy.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Date:
    """A date that stands for one actor: the key of what is due, the root under which it is found (none: no root), the instant."""

    kind: ReminderKind
    obligation: UUID
    root: UUID | None
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ReminderKind:
    """What somebody can be reminded of.

    ``open_to`` gives the unfinished rows that wait for an actor, through reading verbs: it decides whether a reminder is given, and
    is what calendar feeds show. ``due`` and ``root`` are its fields for instant and root. ``first_offsets``: days before, for the
    reference data that come with the product.
    """

    name: str
    label: Promise | str
    source: str
    open_to: Callable[[Actor, datetime], QuerySet[Any]]
    due: str
    root: str = ""
    urgent: bool = False
    first_offsets: tuple[int, ...] = (7, 1, 0)
    in_calendar: Promise | str = ""

    def standing(self, actor: Actor, obligation: UUID, at: datetime) -> datetime | None:
        """The due instant of this obligation, when it still waits for this actor and is visible to it; else none."""
        access.current(actor)
        found: datetime | None = self.open_to(actor, at).filter(pk=obligation).values_list(self.due, flat=True).first()
        return found

    def dates(self, actor: Actor, at: datetime, *, after: datetime, until: datetime, limit: int) -> list[Date]:
        """The dates of this kind that stand for the actor in a window, the nearest first; one statement."""
        access.current(actor)
        window = {f"{self.due}__gt": after, f"{self.due}__lte": until}
        fields = ("pk", self.due, *([self.root] if self.root else []))
        rows = self.open_to(actor, at).filter(**window).order_by(self.due, "pk").values_list(*fields)[:limit]
        return [Date(kind=self, obligation=row[0], due_at=row[1], root=row[2] if self.root else None) for row in rows]


_kinds: dict[str, ReminderKind] = {}


def declare(
    *,
    name: str,
    label: Promise | str,
    sentence: Promise | str,
    source: str,
    open_to: Callable[[Actor, datetime], QuerySet[Any]],
    due: str,
    root: str = "",
    urgent: bool = False,
    page: str = "",
    first_offsets: tuple[int, ...] = (7, 1, 0),
    in_calendar: Promise | str = "",
) -> ReminderKind:
    """A new kind. Its name is that of its notices as well; the sentence names no case, no person and no title.

    Urgent ones come at night and on holidays too. ``page`` is the name of the page to open where there is no root;
    ``in_calendar`` what the date is called there, where the label tells of a reminder.
    """
    notice_kinds.declare(name, sentence, ways=notice_kinds.WITHOUT_OFF, urgent=urgent, page=page)
    _kinds[name] = ReminderKind(
        name=name,
        label=label,
        source=source,
        open_to=open_to,
        due=due,
        root=root,
        urgent=urgent,
        first_offsets=first_offsets,
        in_calendar=in_calendar,
    )
    return _kinds[name]


def every() -> tuple[ReminderKind, ...]:
    """All kinds, by name."""
    return tuple(_kinds[name] for name in sorted(_kinds))


def named(name: str) -> ReminderKind | None:
    """The kind of that name; none when it was retired."""
    return _kinds.get(name)


def standing_dates(actor: Actor, at: datetime, *, after: datetime, until: datetime, limit: int = 1000) -> list[Date]:
    """All dates that stand for this actor in a window, the nearest first, through its own walls; one statement per kind."""
    found = [date for kind in every() for date in kind.dates(actor, at, after=after, until=until, limit=limit)]
    return sorted(found, key=lambda date: (date.due_at, date.obligation))[:limit]
