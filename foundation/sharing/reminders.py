"""Of which dates of shares people are reminded."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation import access
from foundation.access.models import Share
from foundation.notifications.reminders import kinds
from foundation.sharing.permissions import SharingPermission
from foundation.tenancy.actors import Actor


def shares_ending_for(actor: Actor, _at: datetime) -> QuerySet[Share]:
    """Live shares with an end through which the actor sees something, unless another share shows it for longer."""
    if not access.role_allows(actor, SharingPermission.VIEW):
        return Share.objects.none()
    own = Share.objects.visible_to(actor).live().filter(principal__in=actor.principals)
    longer = own.filter(Q(until__isnull=True) | Q(until__gt=OuterRef("until")), root=OuterRef("root"))
    return own.filter(~Exists(longer), until__isnull=False)


SHARE_ENDING = kinds.declare(
    name="sharing.share.ending",
    label=_("Share ending"),
    in_calendar=_("Share ends"),
    sentence=_("Your sight of something that was shared with you ends soon."),
    source="sharing_shares_ending",
    open_to=shares_ending_for,
    due="until",
    root="root_id",
    first_offsets=(7, 1),
)
