"""What waits for project staff: counted for whoever may open the page on which it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import access
from foundation.access import Permission
from foundation.documents.models import FileCheck
from foundation.jobs.models import Job
from foundation.jobs.permissions import JobsPermission
from foundation.notifications.models import Delivery, Reminder, State
from foundation.notifications.permissions import NotificationsPermission
from foundation.systems.models import SystemToken
from foundation.systems.permissions import SystemPermission
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Authority, Membership, Partner
from foundation.webhooks import queries as webhooks
from wbcj.console import clients, people
from wbcj.console.permissions import ConsolePermission


@dataclass(frozen=True, kw_only=True)
class Line:
    """So many of something, and where they are looked at."""

    label: Promise | str
    count: int
    url: str


@dataclass(frozen=True)
class _Wait:
    permission: Permission
    label: Promise | str
    count: Callable[[Actor, datetime], int]
    url_name: str
    query: str = ""


def _tokens(actor: Actor, at: datetime) -> int:
    return SystemToken.objects.overseen_by(actor).expiring(at, before=at + clients.EXPIRING).count()


def _without_people(_actor: Actor, at: datetime) -> int:
    live = Membership.objects.live(at).people().filter(authority__partner=OuterRef("pk"), account__is_active=True)
    open_ones = Authority.objects.taking().filter(partner=OuterRef("pk"))
    return Partner.objects.filter(Exists(open_ones), ~Exists(live)).count()


def _work(_actor: Actor, _at: datetime) -> int:
    return Job.objects.filter(failed_at__isnull=False).count()


def _mails(state: State) -> Callable[[Actor, datetime], int]:
    return lambda _actor, _at: Delivery.objects.filter(state=state).count()


def _receivers(_actor: Actor, _at: datetime) -> int:
    numbers = webhooks.numbers()
    return numbers.failing + numbers.off


def _reminders(_actor: Actor, _at: datetime) -> int:
    return Reminder.objects.filter(failed_at__isnull=False).count()


def _files(_actor: Actor, _at: datetime) -> int:
    return FileCheck.objects.filter(intact=False).count()


_WAITS = (
    _Wait(
        SystemPermission.OVERSEE, _("Tokens that expire within 14 days"), _tokens, "console_clients", "?tokens=expiring"
    ),
    _Wait(
        ConsolePermission.PEOPLE,
        _("Appointments that end within 30 days"),
        lambda _actor, at: people.ending_soon(Membership.objects.people(), at).count(),
        "console_people",
        "?ending=on",
    ),
    _Wait(
        ConsolePermission.PEOPLE,
        _("People who need a second factor and have set up none"),
        lambda _actor, at: people.without_factor(Membership.objects.people(), at).count(),
        "console_people",
        "?without=on",
    ),
    _Wait(ConsolePermission.PEOPLE, _("Partners where nobody works yet"), _without_people, "console_partners"),
    _Wait(JobsPermission.VIEW, _("Work that has failed for good"), _work, "console_work"),
    _Wait(
        NotificationsPermission.DELIVERIES,
        _("Mails of which nobody knows whether they arrived"),
        _mails(State.AMBIGUOUS),
        "console_deliveries",
    ),
    _Wait(
        NotificationsPermission.DELIVERIES,
        _("Mails that were given up"),
        _mails(State.FAILED),
        "console_deliveries",
        f"?state={State.FAILED.value}",
    ),
    _Wait(
        NotificationsPermission.DELIVERIES,
        _("Receivers of webhooks that fail or were switched off"),
        _receivers,
        "console_deliveries",
        "#webhooks",
    ),
    _Wait(JobsPermission.VIEW, _("Reminders that failed"), _reminders, "console_reminders"),
    _Wait(JobsPermission.VIEW, _("Damaged files"), _files, "console_files"),
)


def lines(actor: Actor, at: datetime) -> Iterator[Line]:
    """What is there at all, in the order of the table; a statement for each."""
    for one in _WAITS:
        if access.role_allows(actor, one.permission) and (count := one.count(actor, at)):
            yield Line(label=one.label, count=count, url=reverse(one.url_name) + one.query)
