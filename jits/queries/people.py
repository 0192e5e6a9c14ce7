"""The people of a team."""

from __future__ import annotations

from uuid import UUID

from foundation.access.models import Share
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership


def people_of(jit_id: UUID, *, actor: Actor) -> list[Membership]:
    """Whoever sees the team by a share in the own name, by name; two statements."""
    groups = Share.objects.visible_to(actor).live().filter(root_id=jit_id).values_list("principal_id", flat=True)
    found = Membership.objects.filter(group_id__in=set(groups)).select_related("account", "authority__partner")
    return list(found.order_by("account__full_name", "pk"))
