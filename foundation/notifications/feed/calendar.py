"""The feed as a calendar (RFC 5545): what stands for one actor now, read through its walls, with a reference and no case content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from foundation.access.models import Root
from foundation.notifications import kinds as notice_kinds
from foundation.notifications.delivery import letters
from foundation.notifications.feed import actions
from foundation.notifications.feed.models import CalendarEntry
from foundation.notifications.reminders import kinds
from foundation.notifications.reminders.kinds import Date
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Account

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
MOST = 1000
REFRESHED = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """The calendar as it is sent, a mark that changes whenever it does, and the roots that it names."""

    body: bytes
    etag: str
    roots: tuple[UUID, ...]


def of(actor: Actor, *, at: datetime) -> Feed:
    """Everything that waits for the actor or lies before it, in the language of its account; one statement per kind and four more."""
    dates = kinds.standing_dates(actor, at, after=at - BACK, until=at + AHEAD, limit=MOST)
    told = actions.entries(by=actor, at=at, dates=dates)
    roots = Root.objects.visible_to(actor).in_bulk({date.root for date in dates if date.root is not None})
    with override(Account.objects.values_list("language", flat=True).get(pk=actor.account_id)):
        calendar = _empty()
        for date in dates:
            if date.root is None or date.root in roots:
                entry = told[date.kind.name, date.obligation]
                calendar.add_component(_event(date, entry, None if date.root is None else roots[date.root]))
        body: bytes = calendar.to_ical()
    return Feed(body=body, etag=f'"{hashlib.sha256(body).hexdigest()}"', roots=tuple(roots))


def _empty() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//WBCJ Coordination//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _("WBCJ Coordination"))
    calendar.add("x-wr-calname", _("WBCJ Coordination"))
    calendar.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return calendar


def _event(date: Date, entry: CalendarEntry, root: Root | None) -> Event:
    """An instant in UTC, so that it is right in every zone and across every change of the clocks without a table of zones."""
    label = str(date.kind.in_calendar or date.kind.label)
    event = Event()
    event.add("uid", uid(date))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _seconds(entry.changed_at))
    event.add("last-modified", _seconds(entry.changed_at))
    event.add("dtstart", _seconds(date.due_at))
    event.add("summary", label if root is None else f"{label}: {root.reference}")
    event.add("url", _address(date))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _seconds(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _address(date: Date) -> str:
    """Where the date is dealt with, after signing in."""
    if date.root is not None:
        return letters.address(f"/r/{date.root}/")
    return letters.address(notice_kinds.page(date.kind.name))


def uid(date: Date) -> str:
    """The same for ever for one obligation; it leads back to no key."""
    digest = hashlib.sha256(f"{date.kind.name}:{date.obligation}".encode()).hexdigest()[:40]
    return f"{digest}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}"
