"""How a case is marked, for what is filed under it."""

from __future__ import annotations

from uuid import UUID

from cases.models import Case
from foundation.documents.intake.markings import Marking
from foundation.tenancy.actors import Actor


def marking(case_id: UUID, by: Actor) -> Marking | None:
    """Its handling codes; none where the actor does not see it. One statement."""
    row = Case.objects.visible_to(by).filter(pk=case_id).values_list("handling", "handling_text").first()
    return None if row is None else Marking(codes=row[0], text=row[1])
