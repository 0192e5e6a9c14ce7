from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import BooleanField, F, Func, Q

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

    def overseen_by(self, actor: Actor) -> Self:
        """The tokens of the systems of all partners, for project staff."""
        access.current(actor)
        return self.all() if access.role_allows(actor, SystemPermission.OVERSEE) else self.none()

    def standing(self, at: datetime) -> Self:
        """Neither expired nor revoked at that moment."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)

    def expiring(self, at: datetime, *, before: datetime) -> Self:
        """Those that stand, were not replaced, and end before then."""
        return self.standing(at).filter(successor__isnull=True, expires_at__lt=before)

    def unused(self, at: datetime, *, since: datetime) -> Self:
        """Those that stand, are as old as that, and were not used since."""
        return self.standing(at).filter(Q(used_at__lt=since) | Q(used_at__isnull=True, granted_at__lt=since))

    def with_right(self) -> Self:
        """With ``rightful``: may whoever granted it still grant it, now?"""
        return self.annotate(rightful=_still_may())

    def rightful(self) -> Self:
        """Those whose granter still may grant them, now."""
        return self.filter(_still_may())

    def lapsed(self) -> Self:
        """Those whose granter no longer may grant them."""
        return self.exclude(_still_may())


def _still_may() -> Func:
    return Func(F("membership_id"), F("granted_by_id"), function="systems_administers", output_field=BooleanField())
