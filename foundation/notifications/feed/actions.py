"""Make, revoke and read the feed of one membership."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from foundation import access
from foundation.audit import record
from foundation.notifications.feed.models import CalendarEntry, CalendarFeed
from foundation.notifications.permissions import NotificationsPermission
from foundation.notifications.reminders.kinds import Date
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action

USED = timedelta(minutes=1)


def fingerprint(secret: str) -> str:
    """What is kept of a secret: 256 random bits need no salt, and nothing leads back."""
    return hashlib.sha256(secret.encode()).hexdigest()


@action
def make(*, by: Actor, at: datetime) -> str:
    """Make a new secret for the actor's own feed, and answer it: nobody can read it again. An earlier address ends at once.

    Who may: everyone who reads an inbox, for themselves. Raises Forbidden.
    """
    access.require(by, NotificationsPermission.FEED)
    CalendarFeed.objects.visible_to(by).live().update(revoked_at=at)
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(membership_id=by.membership_id, digest=fingerprint(secret), made_at=at)
    record.happened("notifications.feed.made", by=by, root=by.membership_id)
    return secret


@action
def revoke(*, by: Actor, at: datetime) -> None:
    """Let the actor's address lead nowhere from now on. Who may: everyone who reads an inbox, for themselves. Raises Forbidden."""
    access.require(by, NotificationsPermission.FEED)
    if CalendarFeed.objects.visible_to(by).live().update(revoked_at=at):
        record.happened("notifications.feed.revoked", by=by, root=by.membership_id)


@action
def used(*, by: Actor, at: datetime, feed_id: UUID) -> None:
    """Note that the feed was fetched, once a minute at most."""
    mine = CalendarFeed.objects.visible_to(by).filter(pk=feed_id)
    mine.exclude(used_at__gt=at - USED).update(used_at=at)


@action
def entries(*, by: Actor, at: datetime, dates: list[Date]) -> dict[tuple[str, UUID], CalendarEntry]:
    """What the feed says of these dates now. One that moved since the last fetch counts one up; nothing is written where none did."""
    known = {
        (one.kind, one.obligation): one
        for one in CalendarEntry.objects.visible_to(by).filter(obligation__in=[date.obligation for date in dates])
    }
    new, moved = [], []
    for date in dates:
        key = (date.kind.name, date.obligation)
        entry = known.get(key)
        if entry is None:
            entry = CalendarEntry(
                membership_id=by.membership_id, kind=key[0], obligation=key[1], due_at=date.due_at, changed_at=at
            )
            new.append(entry)
        elif entry.due_at != date.due_at:
            entry.due_at, entry.changed_at, entry.sequence = date.due_at, at, entry.sequence + 1
            moved.append(entry)
        known[key] = entry
    # Two fetches at once write the same; the first of them counts.
    CalendarEntry.objects.bulk_create(new, ignore_conflicts=True)
    CalendarEntry.objects.bulk_update(moved, ["due_at", "changed_at", "sequence"])
    return known
