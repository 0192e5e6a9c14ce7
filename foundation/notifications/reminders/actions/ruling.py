"""The dated rows of reminders as staff set them: offsets, working hours, public holidays. What has begun is ended, never changed.

Days are those of each reader. Every change lets the planner go over the dates again, from its next sweep on.
"""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from datetime import date, datetime, time
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.notifications.permissions import NotificationsPermission
from foundation.notifications.reminders import rules
from foundation.notifications.reminders.models import Holiday, Offset, Planned, WorkingHours
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Partner
from foundation.workflow import actions as workflow
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal, demand

RULED: Final = "notifications.rule"
"""A rule of reminders was set, ended or taken back; followers get the row ``before`` (none: a new one) and ``after``."""
workflow.declare(RULED)


class UnableToSet(Refusal):
    """The row cannot be set so; the message is fit for the user."""


@action
def set_offset(
    *, kind: str, days: int, valid_from: date, valid_until: date | None = None, by: Actor, at: datetime
) -> Offset:
    """Remind so many days before as well, for reminders given from that day on, until the other one where there is one.

    Who may: technical administrators. Raises Forbidden, UnableToSet (unknown kind, not after today, set already).
    """
    access.require(by, NotificationsPermission.SET_REMINDERS)
    demand(
        rules.offset(kind=kind, days=days, valid_from=valid_from, valid_until=valid_until, on=at.date()), UnableToSet
    )
    # No constraint of the table knows which offsets stand, so they are set one after the other.
    access.one_at_a_time(f"notifications.offset:{kind}")
    rows = Offset.objects.standing().filter(kind=kind, days=days)
    rows = rows if valid_until is None else rows.filter(valid_from__lte=valid_until)
    if rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=valid_from)).exists():
        raise UnableToSet(_("Reminders of this kind are given so many days before already."))
    days_of = {"valid_from": valid_from, "valid_until": valid_until}
    made = Offset.objects.create(kind=kind, days=days, **days_of, set_at=at, set_by_id=by.membership_id)
    _plan_again(kind)
    workflow.follow(RULED, before=None, after=made, by=by, at=at)
    record.happened("notifications.offset.set", by=by, root=made.pk)
    return made


@action
def end_offset(*, offset: Offset, valid_until: date, by: Actor, at: datetime) -> Offset:
    """Give no such reminders after that day; one that has not begun is withdrawn and stays on record.

    Who may: technical administrators. Raises Forbidden, UnableToSet (ended already, before today).
    """
    access.require(by, NotificationsPermission.SET_REMINDERS)
    offset = Offset.objects.select_for_update(of=("self",)).get(pk=offset.pk)
    demand(rules.end_of_offset(offset, valid_until, on=at.date()), UnableToSet)
    before = copy(offset)
    if valid_until < offset.valid_from:
        offset.withdrawn_at, offset.withdrawn_by_id = at, by.membership_id
        offset.save(update_fields=["withdrawn_at", "withdrawn_by"])
    else:
        offset.valid_until = valid_until
        offset.save(update_fields=["valid_until"])
    _plan_again(offset.kind)
    workflow.follow(RULED, before=before, after=offset, by=by, at=at)
    record.happened("notifications.offset.ended", by=by, root=offset.pk)
    return offset


@action
def set_hours(
    *,
    partner: Partner | None,
    valid_from: date,
    opens: time,
    closes: time,
    reminds: time,
    days: Collection[int],
    by: Actor,
    at: datetime,
) -> WorkingHours:
    """Set quiet hours and working days from that day on, of a partner, or of all that have none of their own.

    Who may: technical administrators. Raises Forbidden, UnableToSet (not after today, times out of order, set already).
    """
    access.require(by, NotificationsPermission.SET_REMINDERS)
    times = {"opens": opens, "closes": closes, "reminds": reminds}
    demand(rules.hours(valid_from=valid_from, **times, days=days, on=at.date()), UnableToSet)
    if WorkingHours.objects.filter(partner=partner, valid_from=valid_from).exists():
        raise UnableToSet(_("Other hours begin on that day. Choose another day."))
    made = WorkingHours.objects.create(
        partner=partner, valid_from=valid_from, **times, days=sorted(days), set_at=at, set_by_id=by.membership_id
    )
    _plan_again()
    workflow.follow(RULED, before=None, after=made, by=by, at=at)
    record.happened("notifications.hours.set", by=by)
    return made


@action
def add_holiday(*, partner: Partner, day: date, name: str, by: Actor, at: datetime) -> Holiday:
    """Enter a public holiday of a partner, or one that was struck out again.

    Who may: technical administrators. Raises Forbidden, UnableToSet (entered already, not after today).
    """
    access.require(by, NotificationsPermission.SET_REMINDERS)
    demand(rules.holiday(day=day, on=at.date()), UnableToSet)
    entered = {"name": name, "source": "", "set_at": at, "set_by_id": by.membership_id}
    made, new = Holiday.objects.get_or_create(partner=partner, day=day, defaults=entered)
    if not new and made.struck_at is None:
        raise UnableToSet(_("This holiday is entered already."))
    before = None if new else copy(made)
    if not new:
        made.name, made.set_at, made.set_by_id, made.struck_at, made.struck_by_id = (
            name,
            at,
            by.membership_id,
            None,
            None,
        )
        made.save(update_fields=["name", "set_at", "set_by", "struck_at", "struck_by"])
    _plan_again()
    workflow.follow(RULED, before=before, after=made, by=by, at=at)
    record.happened("notifications.holiday.added", by=by, root=made.pk)
    return made


@action
def strike_holiday(*, holiday: Holiday, by: Actor, at: datetime) -> Holiday:
    """Strike out a holiday that is none, or is on another day; loading does not bring it back.

    Who may: technical administrators. Raises Forbidden, UnableToSet (struck out already, over).
    """
    access.require(by, NotificationsPermission.SET_REMINDERS)
    holiday = Holiday.objects.select_for_update(of=("self",)).get(pk=holiday.pk)
    demand(rules.striking(holiday, on=at.date()), UnableToSet)
    before = copy(holiday)
    holiday.struck_at, holiday.struck_by_id = at, by.membership_id
    holiday.save(update_fields=["struck_at", "struck_by"])
    _plan_again()
    workflow.follow(RULED, before=before, after=holiday, by=by, at=at)
    record.happened("notifications.holiday.struck", by=by, root=holiday.pk)
    return holiday


def _plan_again(kind: str = "") -> None:
    """Forget how far the planner has come; what stands and still follows is found again as it is."""
    places = Planned.objects.all()
    (places.filter(kind=kind) if kind else places).delete()
