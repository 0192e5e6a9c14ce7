"""How printouts are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from foundation.access.querysets import ReaderQuerySet
from foundation.documents.printing.choices import IN_FLIGHT

if TYPE_CHECKING:
    from foundation.documents.printing.models import Printout  # noqa: F401


class PrintoutQuerySet(ReaderQuerySet["Printout"]):
    """For printouts."""

    def of(self, *, kind: str, subject: UUID, language: str) -> Self:
        """Of the same subject in the same language, newest first."""
        return self.filter(kind=kind, subject=subject, language=language).order_by("-ordered_at", "-id")

    def in_flight(self) -> Self:
        """Waiting or being printed."""
        return self.filter(state__in=IN_FLIGHT)
