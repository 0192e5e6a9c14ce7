"""How cases and their rows are asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from cases.choices import InvitationStatus
from foundation.access.cursors import Cursor
from foundation.access.querysets import RootQuerySet, SharedQuerySet

if TYPE_CHECKING:
    from cases.invitations.models import Invitation  # noqa: F401
    from cases.models import Case, Note, Proceeding, Task  # noqa: F401
    from foundation.tenancy.actors import Actor

D = TypeVar("D", bound=models.Model)


class DatedQuerySet(models.QuerySet[D]):
    """For reference data with a period of validity."""

    def valid_on(self, day: date) -> Self:
        """Rows in force on that day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class CaseQuerySet(RootQuerySet["Case"]):
    """For cases."""

    def with_owner(self) -> Self:
        """With root, owner authority and partner in the same statement."""
        return self.select_related("root", "owner__partner")


class ProceedingQuerySet(SharedQuerySet["Proceeding"]):
    """For national proceedings."""

    def with_authority(self) -> Self:
        """With authority and partner, in the partners' order."""
        return self.select_related("authority__partner").order_by("authority__partner__position", "authority__name")


class NoteQuerySet(SharedQuerySet["Note"]):
    """For notes."""

    def with_writer(self) -> Self:
        """With the writer's names, newest first."""
        return self.select_related("written_by__account", "written_by__authority").order_by("-written_at", "-id")

    def written_before(self, after: Cursor | None) -> Self:
        """The next page of the same order."""
        if after is None:
            return self
        return self.filter(Q(written_at__lt=after.sort_at) | Q(written_at=after.sort_at, id__lt=after.root_id))


class TaskQuerySet(SharedQuerySet["Task"]):
    """For tasks."""

    def unfinished(self) -> Self:
        """Neither done nor withdrawn."""
        return self.filter(done_at__isnull=True, withdrawn_at__isnull=True)

    def unfinished_first(self) -> Self:
        """The most pressing unfinished ones on top, then the latest done, then the withdrawn."""
        done, withdrawn = F("done_at").desc(nulls_first=True), F("withdrawn_at").desc(nulls_first=True)
        return self.order_by(done, withdrawn, "due_at", "id")

    def given_to(self, actor: Actor) -> Self:
        """Given to the actor, its authority, its partner or an office that it holds."""
        return self.filter(assignee__in=actor.principals)


class InvitationQuerySet(RootQuerySet["Invitation"]):
    """For invitations."""

    def unanswered(self, at: datetime) -> Self:
        """Sent, still to be answered at that moment."""
        return self.filter(status=InvitationStatus.SENT, answer_until__gt=at)

    def with_names(self) -> Self:
        """With the names that every list of invitations shows."""
        return self.select_related("root", "partner", "inviting_authority__partner")
