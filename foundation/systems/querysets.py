from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import BooleanField, F, Func

from foundation import access
from foundation.systems.permissions import SystemPermission
from foundation.tenancy.actors import Actor

if TYPE_CHECKING:
    from foundation.systems.models import SystemToken  # noqa: F401


class SystemTokenQuerySet(models.QuerySet["SystemToken"]):
    def visible_to(self, actor: Actor) -> Self:
        """The tokens of the systems of the actor's own partner, for its administrators."""
        access.current(actor)
        if not access.role_allows(actor, SystemPermission.ADMINISTER):
            return self.none()
        return self.filter(membership__authority__partner_id=actor.partner_id)

    def standing(self, at: datetime) -> Self:
        """Neither expired nor revoked at that moment."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)

    def with_right(self) -> Self:
        """With ``rightful``: may whoever granted it still grant it, now?"""
        asked = Func(
            F("membership_id"), F("granted_by_id"), function="systems_administers", output_field=BooleanField()
        )
        return self.annotate(rightful=asked)
