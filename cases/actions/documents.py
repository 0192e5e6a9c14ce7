"""What a case says to documents that are filed under it or withdrawn from it."""

from __future__ import annotations

from datetime import datetime

from cases.actions.cases import demand_at_work
from cases.models import Case
from foundation.access.models import Root
from foundation.tenancy.actors import Actor


def object_when_closed(*, root: Root, by: Actor, at: datetime) -> None:
    """Nothing is filed under a case, or withdrawn from it, that is not at work. Raises UnableToEdit."""
    if root.kind == Case.ROOT_KIND:
        demand_at_work(Case.objects.visible_to(by).get(pk=root.pk))
