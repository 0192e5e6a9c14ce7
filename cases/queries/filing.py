"""The cases under which somebody may file something now."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cases import states
from cases.models import Case
from foundation.access import Cursor, Level, Page
from foundation.access.models import Root
from foundation.documents.copying.targets import Targets
from foundation.pages.filters import containing
from foundation.tenancy.actors import Actor


def at_work(
    actor: Actor, *, text: str = "", without: UUID | None = None, after: Cursor | None = None, limit: int = 50
) -> Page[Root]:
    """The newest cases at work to which the actor contributes, but one, found by words; two statements at most. Raises BadCursor."""
    found = Case.objects.reached_by(actor, Level.CONTRIBUTE).filter(status__in=states.AT_WORK).exclude(pk=without)
    if text:
        found = found.filter(containing(text))
    page: Page[Root] = found.bounded_page(actor, after=after, limit=limit).map(lambda case: case.root)
    return page


CASES: Final = Targets(kind=Case.ROOT_KIND, page=at_work)
