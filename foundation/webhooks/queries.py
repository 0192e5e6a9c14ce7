"""Subscriptions and deliveries as lines of a page, and in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Prefetch, Q

from foundation.access.ledger import in_our_words
from foundation.tenancy.actors import Actor
from foundation.webhooks import events
from foundation.webhooks.models import ENDED, Attempt, Delivery, Standing, State, Subscription
from foundation.webhooks.querysets import SubscriptionQuerySet

SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class SubscriptionRow:
    """One subscription: of what it tells, how it stands, how many deliveries wait or were given up."""

    subscription: Subscription
    standing: Standing
    events: tuple[str, ...]
    waiting: int
    given_up: int


@dataclass(frozen=True, kw_only=True)
class DeliveryRow:
    """One delivery with its last attempt."""

    delivery: Delivery
    event: str
    last: Attempt | None

    @property
    def ended(self) -> bool:
        """Can it be sent again?"""
        return self.delivery.state in ENDED


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """All subscriptions and deliveries in numbers, for technical administrators."""

    active: int
    failing: int
    paused: int
    off: int
    waiting: int
    overdue: int
    retried: int
    given_up: int
    oldest_due_at: datetime | None


def subscriptions_of(actor: Actor, membership_id: UUID) -> list[SubscriptionRow]:
    """The subscriptions of one system, those that stand first, then the newest; one statement."""
    found = Subscription.objects.visible_to(actor).of_system(membership_id)
    rows = [row_of(subscription) for subscription in _counted(found).order_by("-granted_at", "pk")]
    return sorted(rows, key=lambda row: row.subscription.over)


def _counted(found: SubscriptionQuerySet) -> SubscriptionQuerySet:
    waits = Q(deliveries__state__in=(State.WAITING, State.SENDING))
    return found.annotate(
        waiting=Count("deliveries", filter=waits),
        given_up=Count("deliveries", filter=Q(deliveries__state=State.FAILED)),
    )


def row_of(subscription: Subscription) -> SubscriptionRow:
    """A subscription as a line."""
    return SubscriptionRow(
        subscription=subscription,
        standing=subscription.standing,
        events=tuple(events.label(name) for name in subscription.events),
        waiting=getattr(subscription, "waiting", 0),
        given_up=getattr(subscription, "given_up", 0),
    )


def deliveries_of(actor: Actor, subscription_id: UUID, *, limit: int = SHOWN) -> list[DeliveryRow]:
    """The newest deliveries of one subscription, each with its last attempt; two statements."""
    found = Delivery.objects.visible_to(actor).filter(subscription_id=subscription_id)
    attempts = Prefetch("attempts_made", queryset=Attempt.objects.order_by("started_at"))
    return [delivery_row(one) for one in found.order_by("-created_at", "pk").prefetch_related(attempts)[:limit]]


def delivery_row(delivery: Delivery) -> DeliveryRow:
    """A delivery as a line."""
    attempts = list(delivery.attempts_made.all())
    return DeliveryRow(delivery=delivery, event=events.label(delivery.event), last=attempts[-1] if attempts else None)


def numbers() -> Numbers:
    """One statement. Who may: technical administrators, by the function. Raises Forbidden."""
    with in_our_words(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM webhooks_standing()")
        row = cursor.fetchone()
        names = [column.name for column in cursor.description or ()]
    assert row is not None
    return Numbers(**dict(zip(names, row, strict=True)))
