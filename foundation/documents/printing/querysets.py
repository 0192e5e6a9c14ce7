"""How printouts are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

from foundation.access import context
from foundation.access.querysets import grants
from foundation.documents.printing.choices import IN_FLIGHT

if TYPE_CHECKING:
    from foundation.documents.printing.models import Printout  # noqa: F401
    from foundation.tenancy.actors import Actor


class PrintoutQuerySet(models.QuerySet["Printout"]):
    """For printouts."""

    def visible_to(self, actor: Actor) -> Self:
        """The actor's own, of roots that the actor still sees."""
        own = context.current(actor).actor.membership_id
        return self.filter(grants(actor, "root_id"), membership_id=own)

    def of(self, *, kind: str, subject: UUID, language: str) -> Self:
        """Of the same subject in the same language, newest first."""
        return self.filter(kind=kind, subject=subject, language=language).order_by("-ordered_at", "-id")

    def in_flight(self) -> Self:
        """Waiting or being printed."""
        return self.filter(state__in=IN_FLIGHT)
