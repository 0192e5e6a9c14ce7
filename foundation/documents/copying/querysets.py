"""How orders of copies are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from foundation.access.querysets import PersonalQuerySet
from foundation.documents.copying.choices import UNDERWAY

if TYPE_CHECKING:
    from foundation.documents.copying.models import CopyOrder  # noqa: F401


class CopyOrderQuerySet(PersonalQuerySet["CopyOrder"]):
    """For orders of copies."""

    def to(self, root_id: UUID) -> Self:
        """Copies for that record."""
        return self.filter(root=root_id)

    def underway(self) -> Self:
        """Waiting or being copied."""
        return self.filter(state__in=UNDERWAY)
