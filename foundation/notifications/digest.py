"""The daily digest: one mail a day with a link for each thing that is still unread, at a fixed local hour of a working day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from foundation.access.models import Root
from foundation.notifications import kinds
from foundation.notifications.calendars import calendar_of
from foundation.notifications.delivery import letters, rows
from foundation.notifications.models import Delivery, Notice, State
from foundation.notifications.quiet import Calendar, next_allowed
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Account

LETTER = "digest"
AFTER_REMINDERS = timedelta(minutes=30)
"""The reminders of a day come first, so that the digest of that day names them."""
LINES = 40


def plan(actor: Actor, *, at: datetime) -> Delivery:
    """The next digest of this actor that has not begun, written down if need be. It stays as it is until this transaction ends.

    Whoever claims a digest passes over a locked row, so nothing is gathered for one that has been composed already.
    """
    calendar = calendar_of(actor.partner_id, actor.time_zone)
    day = calendar.today(at)
    while True:
        day, due_at = next_after(at, calendar, day)
        key = f"digest:{actor.membership_id}:{day.isoformat()}"
        wanted = rows.Wanted(
            key=key,
            letter=LETTER,
            subject=actor.membership_id,
            account_id=actor.account_id,
            membership_id=actor.membership_id,
            due_at=due_at,
        )
        rows.enqueue([wanted], at=timezone.now())
        row = Delivery.objects.select_for_update().get(key=key)
        if row.state == State.WAITING:
            return row
        day += timedelta(days=1)


def next_after(at: datetime, calendar: Calendar, day: date) -> tuple[date, datetime]:
    """The first working day from ``day`` on whose digest is still to come at ``at``, and its instant."""
    while True:
        due_at = calendar.morning(day) + AFTER_REMINDERS
        if due_at > at and next_allowed(due_at, calendar) == due_at:
            return day, due_at
        day += timedelta(days=1)


def compose(actor: Actor, order: letters.Order) -> letters.Composed:
    """Name what was gathered and is unread and visible now. Each notice stands in one digest, whatever becomes of that digest."""
    allowed = next_allowed(order.at, calendar_of(actor.partner_id, actor.time_zone))
    if allowed > order.at and not order.resent:  # a holiday that was entered since, or a worker that was away all day
        return letters.Later(at=allowed)
    gathered = Delivery.objects.filter(membership=actor.membership_id, state=State.GATHERED).filter(
        Q(carried_by=None) | Q(carried_by=order.delivery_id)
    )
    subjects = dict(gathered.values_list("subject", "pk"))
    notices = list(Notice.objects.visible_to(actor).unread().filter(pk__in=subjects).order_by("-at", "-pk"))
    named = [one.root for one in notices if one.root is not None]
    roots = set(Root.objects.visible_to(actor).filter(pk__in=named).values_list("pk", flat=True))
    told = [one for one in notices if one.root is None or one.root in roots]
    carried = [subjects[one.pk] for one in told]
    rows.carry(gathered, carried, by=order.delivery_id)
    if not told:
        return letters.Unneeded(reason="nothing unread")
    account = Account.objects.get(pk=actor.account_id)
    with override(account.language):
        return letters.to(account, subject=_("WBCJ Coordination: your daily digest"), body=_words(told))


def _words(told: list[Notice]) -> str:
    """A line and a link for each, and the way to the rest."""
    lines = [f"- {kinds.sentence(one.kind)}\n  {letters.address(one.path)}" for one in told[:LINES]]
    rest = len(told) - LINES
    if rest > 0:
        lines.append("- " + ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest})
    return _(
        "This is new for you and not read yet:\n\n%(lines)s\n\nYour inbox, after signing in: %(inbox)s\nHow you are told: %(choose)s"
        "\n\nThis message carries no case content."
    ) % {
        "lines": "\n".join(lines),
        "inbox": letters.address("/inbox/"),
        "choose": letters.address("/inbox/preferences/"),
    }


letters.declare(LETTER, compose)
