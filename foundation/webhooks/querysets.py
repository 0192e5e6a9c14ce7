from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

from foundation import access
from foundation.systems.permissions import SystemPermission
from foundation.tenancy.actors import Actor

if TYPE_CHECKING:
    from foundation.webhooks.models import Delivery, Subscription  # noqa: F401


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def visible_to(self, actor: Actor) -> Self:
        """The subscriptions of the systems of the actor's own partner, for its administrators."""
        access.current(actor)
        if not access.role_allows(actor, SystemPermission.ADMINISTER):
            return self.none()
        return self.filter(membership__authority__partner_id=actor.partner_id)

    def standing(self) -> Self:
        """Neither ended nor gone; paused and switched off ones stand."""
        return self.filter(revoked_at__isnull=True).exclude(off_why="gone")

    def of_system(self, membership_id: UUID) -> Self:
        """Those of one system."""
        return self.filter(membership_id=membership_id)


class WebhookDeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, actor: Actor) -> Self:
        """The deliveries of the subscriptions that the actor administers."""
        access.current(actor)
        if not access.role_allows(actor, SystemPermission.ADMINISTER):
            return self.none()
        return self.filter(subscription__membership__authority__partner_id=actor.partner_id)

    def waiting(self) -> Self:
        """Not begun yet, or to be tried again."""
        return self.filter(state="waiting")
