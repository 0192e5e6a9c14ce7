"""How documents and their rows are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import Count, Window

from foundation.access.querysets import LedgerQuerySet, PersonalQuerySet, SharedQuerySet

if TYPE_CHECKING:
    from foundation.documents.models import CustodyEntry, Document, DocumentVersion, RootKey, Upload  # noqa: F401


class RootKeyQuerySet(LedgerQuerySet["RootKey"]):
    """For the keys of roots: whoever sees the root reads its wrapped key."""


class DocumentQuerySet(SharedQuerySet["Document"]):
    """For documents."""

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def about(self, key: UUID | None) -> Self:
        """Attached to that row of the root; to the root itself when there is none."""
        return self.filter(about__isnull=True) if key is None else self.filter(about=key)

    def with_number_of_all(self) -> Self:
        """Each with how many there are in all (``all``), whatever part of them is read."""
        return self.annotate(all=Window(Count("pk")))

    def newest_first(self) -> Self:
        """By the day on which they came."""
        return self.order_by("-received_at", "-id")


class VersionQuerySet(SharedQuerySet["DocumentVersion"]):
    """For versions."""

    def with_receiver(self) -> Self:
        """With the names of who filed them, newest first."""
        return self.select_related("received_by__account", "received_by__authority__partner").order_by("-number")


class CustodyQuerySet(SharedQuerySet["CustodyEntry"]):
    """For custody entries."""

    def with_names(self) -> Self:
        """With who it was, which version and of which document, newest first."""
        named = self.select_related("by__account", "by__authority__partner", "file", "document")
        return named.order_by("-at", "-id")


class UploadQuerySet(PersonalQuerySet["Upload"]):
    """For uploads in progress."""
