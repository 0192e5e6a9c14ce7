"""Subscriptions of partner systems, what is delivered to them, and how each attempt went."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.tenancy.models import Membership
from foundation.webhooks.querysets import SubscriptionQuerySet, WebhookDeliveryQuerySet


class Why(models.TextChoices):
    """Why the product itself switched a subscription off."""

    FAILING = "failing", _("The receiver failed for days")
    GONE = "gone", _("The receiver said that it is gone (410)")


class Standing(models.TextChoices):
    """How a subscription stands."""

    ACTIVE = "active", _("Active")
    FAILING = "failing", _("Failing, tried again")
    PAUSED = "paused", _("Paused")
    OFF = "off", _("Switched off: the receiver failed for days")
    GONE = "gone", _("Ended by the receiver (410)")
    ENDED = "ended", _("Ended")

    @property
    def tone(self) -> str:
        """Its look as a pill."""
        return {"active": "good", "failing": "waiting", "paused": "waiting", "off": "bad", "gone": "bad"}.get(
            self.value, "closed"
        )


class Subscription(models.Model):
    """One address of one system, and the kinds of events that it is told of. Address, system and kinds never change.

    The secret is kept as ``signing`` keeps it; after a rotation the former one signs as well until ``former_until``. What follows
    after ``granted_by`` are states: paused and resumed, switched off by the product, ended by its administrators.
    ``failing_since``, ``failures`` and ``quiet_until`` are about the receiver: since when nothing arrived, how many attempts in a
    row, and until when nothing more is tried.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="subscriptions")
    url = models.CharField(_("address"), max_length=500)
    events = ArrayField(models.CharField(max_length=40), verbose_name=_("events"))
    secret = models.BinaryField()
    master = models.CharField(max_length=16)
    former_secret = models.BinaryField(null=True)
    former_master = models.CharField(max_length=16, blank=True)
    former_until = models.DateTimeField(null=True)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(null=True)
    off_at = models.DateTimeField(null=True)
    off_why = models.CharField(max_length=10, choices=Why, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("last delivery"), null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    quiet_until = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["membership", "url"],
                condition=Q(revoked_at__isnull=True) & ~Q(off_why=Why.GONE),
                name="webhooks_subscription_once",
            ),
            models.CheckConstraint(name="webhooks_subscription_has_events", condition=Q(events__len__gte=1)),
            models.CheckConstraint(
                name="webhooks_subscription_revoked_by_somebody",
                condition=(
                    Q(revoked_at__isnull=True, revoked_by__isnull=True)
                    | Q(revoked_at__isnull=False, revoked_by__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="webhooks_subscription_off_says_why",
                condition=Q(off_at__isnull=True, off_why="") | (Q(off_at__isnull=False) & ~Q(off_why="")),
            ),
            models.CheckConstraint(
                name="webhooks_subscription_former_whole",
                condition=(
                    Q(former_secret__isnull=True, former_until__isnull=True, former_master="")
                    | (Q(former_secret__isnull=False, former_until__isnull=False) & ~Q(former_master=""))
                ),
            ),
        ]

    @property
    def standing(self) -> Standing:
        """How it stands."""
        states = (
            (self.revoked_at, Standing.ENDED),
            (self.off_why == Why.GONE, Standing.GONE),
            (self.off_at, Standing.OFF),
            (self.paused_at, Standing.PAUSED),
            (self.failing_since, Standing.FAILING),
        )
        return next((state for holds, state in states if holds), Standing.ACTIVE)

    @property
    def works(self) -> bool:
        """Are deliveries written and sent?"""
        return self.standing in {Standing.ACTIVE, Standing.FAILING}

    @property
    def over(self) -> bool:
        """For ever."""
        return self.standing in {Standing.ENDED, Standing.GONE}

    def two_secrets(self, at: datetime) -> bool:
        """Do deliveries carry two signatures at that moment?"""
        return self.former_until is not None and self.former_until > at


class State(models.TextChoices):
    """How a delivery stands. The names of the states stand in the functions, too (sql/delivering.sql)."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("delivered")
    FAILED = "failed", _("given up")
    DROPPED = "dropped", _("not sent")


ENDED = frozenset({State.SENT, State.FAILED, State.DROPPED})


class Delivery(models.Model):
    """One event for one subscription: keys and instants alone, claimed with a lease.

    ``folded`` is how many changes after the first it stands for. ``audience`` is the audience of the row that changed. ``token`` is
    made at each claim: a worker that comes too late finds another. ``resent`` counts how often somebody sent it again on purpose.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    root = models.UUIDField(null=True)
    audience = models.IntegerField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    folded = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    resent = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=80, blank=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["subscription", "due_at"], condition=Q(state=State.WAITING), name="webhooks_delivery_waiting"
            ),
            models.Index(fields=["leased_until"], condition=Q(state=State.SENDING), name="webhooks_delivery_sending"),
            models.Index(fields=["subscription", "-created_at"], name="webhooks_delivery_listed"),
            models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="webhooks_delivery_ended"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="webhooks_delivery_sending_is_leased",
                condition=Q(state=State.SENDING, leased_until__isnull=False, token__isnull=False)
                | (~Q(state=State.SENDING) & Q(leased_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="webhooks_delivery_ends_once",
                condition=Q(state__in=sorted(ENDED), ended_at__isnull=False)
                | (~Q(state__in=sorted(ENDED)) & Q(ended_at__isnull=True)),
            ),
        ]

    @property
    def message_id(self) -> str:
        """The header ``webhook-id``: the same at every attempt, also when it is sent again on purpose."""
        return f"msg_{self.pk.hex}"

    @property
    def tone(self) -> str:
        """Its look as a pill."""
        return {"sent": "good", "failed": "bad", "dropped": "closed"}.get(self.state, "waiting")


class Verdict(models.TextChoices):
    """What one attempt tells."""

    SENT = "sent", _("delivered")
    REFUSED = "refused", _("answered, but not with 2xx")
    NOT_SENT = "not_sent", _("surely not sent")
    UNANSWERED = "unanswered", _("sent, no answer")


class Attempt(models.Model):
    """One request, in one claim of a delivery (``token``); without an end while it runs.

    ``status`` is the number that the receiver answered, ``cause`` the type of an error: never a text of the receiver's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts_made")
    token = models.UUIDField(unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    cause = models.CharField(max_length=60, blank=True)
    milliseconds = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["started_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="webhooks_attempt_end_agrees",
                condition=Q(ended_at__isnull=True, verdict="") | (Q(ended_at__isnull=False) & ~Q(verdict="")),
            ),
        ]
