"""The inbox: what happened that concerns one membership. And how it leaves the house: deliveries, and the attempts of each."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.access.models import PersonalRecord
from foundation.access.querysets import PersonalQuerySet
from foundation.notifications import kinds
from foundation.notifications.feed.models import CalendarEntry, CalendarFeed
from foundation.notifications.kinds import Way
from foundation.notifications.reminders.models import Change, Holiday, Offset, Planned, Reminder, WorkingHours

__all__ = [
    "CalendarEntry",
    "CalendarFeed",
    "Change",
    "Holiday",
    "Notice",
    "NoticeQuerySet",
    "Offset",
    "Planned",
    "Reminder",
    "WorkingHours",
]


class NoticeQuerySet(PersonalQuerySet["Notice"]):
    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)


class Notice(PersonalRecord):
    """One line of an inbox. It names a root by its key only: what the root says is read through the walls, each time.

    A reminder may be of something without a root (an appointment that ends), and says what it is due.
    """

    kind = models.CharField(max_length=60)
    root = models.UUIDField(null=True)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    @property
    def path(self) -> str:
        """Where its reader is led, after signing in."""
        return kinds.page(self.kind) if self.root is None else f"/r/{self.root}/"

    class Meta:
        indexes: ClassVar = [models.Index(fields=["membership", "-at"])]


class PreferenceQuerySet(PersonalQuerySet["Preference"]):
    """Of one membership."""


class Preference(PersonalRecord):
    """How one membership wants to be told of one kind of notice."""

    kind = models.CharField(max_length=60)
    way = models.CharField(max_length=10, choices=Way)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "kind"], name="notifications_preference_once"),
        ]


class Channel(models.TextChoices):
    """By which way a notice leaves the house."""

    MAIL = "mail", _("e-mail")


class State(models.TextChoices):
    """How far a delivery is. From ``SENT`` on it has ended; only a member of staff starts it again, on purpose."""

    WAITING = "waiting", _("waiting")
    GATHERED = "gathered", _("for the digest")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("given up")
    AMBIGUOUS = "ambiguous", _("ambiguous")
    OFF = "off", _("not wanted")


ENDED = frozenset({State.SENT, State.REFUSED, State.FAILED, State.AMBIGUOUS, State.OFF})


class Stage(models.TextChoices):
    """How far one conversation with the mail server came."""

    CONNECT = "connect", _("connecting")
    SENDER = "sender", _("sender")
    RECIPIENT = "recipient", _("recipient")
    DATA = "data", _("asking to send the text")
    TEXT = "text", _("sending the text")
    END = "end", _("the final dot")


class Verdict(models.TextChoices):
    """What one attempt tells."""

    SENT = "sent", _("sent")
    NOT_SENT = "not_sent", _("surely not sent")
    REFUSED = "refused", _("refused for good")
    AMBIGUOUS = "ambiguous", _("ambiguous")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime) -> DeliveryQuerySet:
        return self.filter(state=State.WAITING, due_at__lte=at)

    def in_hand(self, delivery: Delivery) -> DeliveryQuerySet:
        """The row as long as this claim of it stands."""
        return self.filter(pk=delivery.pk, token=delivery.token)


class Delivery(models.Model):
    """One letter to one membership by one channel: keys and instants only, unique by its key, claimed with a lease.

    ``letter`` names the kind of letter, ``subject`` what it is about (a notice, a membership). ``token`` is made at each claim: a
    worker that comes too late finds another. ``resent`` counts how often staff sent it again on purpose.
    ``handed_at`` is committed just before the final dot. Without it, a lost worker has surely sent nothing; with it, nobody can know.
    ``carried_by`` is the digest that names this notice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=160)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.MAIL)
    letter = models.CharField(max_length=40)
    subject = models.UUIDField()
    account = models.UUIDField()
    membership = models.UUIDField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    handed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    resent = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=80, blank=True)
    carried_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="carries")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state=State.WAITING), name="notifications_delivery_waiting"),
            models.Index(
                fields=["leased_until"], condition=Q(state=State.SENDING), name="notifications_delivery_sending"
            ),
            models.Index(
                fields=["membership"],
                condition=Q(state__in=(State.WAITING, State.GATHERED)),
                name="notifications_delivery_open",
            ),
            models.Index(fields=["state", "-ended_at"], name="notifications_delivery_ended"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "channel"], name="notifications_delivery_once"),
            models.CheckConstraint(
                name="notifications_delivery_sending_is_leased",
                condition=Q(state=State.SENDING, leased_until__isnull=False, token__isnull=False)
                | (~Q(state=State.SENDING) & Q(leased_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="notifications_delivery_ends_once",
                condition=Q(state__in=sorted(ENDED), ended_at__isnull=False)
                | (~Q(state__in=sorted(ENDED)) & Q(ended_at__isnull=True)),
            ),
        ]


class Attempt(models.Model):
    """One conversation with the mail server about one delivery, in one claim of it (``token``); without an end while it runs.

    ``reply`` is the number of the server's last answer, ``cause`` the type of an error: never a text, which would name addresses.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts_made")
    token = models.UUIDField(unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reply = models.PositiveSmallIntegerField(null=True)
    cause = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["started_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notifications_attempt_end_agrees",
                condition=Q(ended_at__isnull=True, verdict="") | (Q(ended_at__isnull=False) & ~Q(verdict="")),
            ),
        ]
