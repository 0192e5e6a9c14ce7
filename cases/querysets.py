"""How cases and their rows are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from cases.choices import InvitationStatus
from foundation.access.cursors import WALK, Cursor, Page
from foundation.access.hits import Hits
from foundation.access.querysets import RootQuerySet, SharedQuerySet

if TYPE_CHECKING:
    from cases.invitations.models import Invitation  # noqa: F401
    from cases.models import Case, Note, Proceeding, Task  # noqa: F401
    from foundation.tenancy.actors import Actor

# The order of due_page; its cursors are of no use elsewhere.
DUE = "due"


class CaseQuerySet(RootQuerySet["Case"]):
    """For cases."""

    def due_page(self, actor: Actor, *, after: Cursor | None = None, limit: int = 50) -> Page[Case]:
        """Cases by the actor's next own due date, the most pressing first; those without an unfinished own task are not there.

        Two statements, whatever the number of cases and tasks. Raises BadCursor for a place in another order.
        """
        places, beyond = self._due_places(actor, after=after, walk=limit)
        rows = self._in_order_of(places, actor)
        return Page(rows, tuple(row.pk for row in rows), Cursor(*places[-1], DUE) if beyond else None)

    def bounded_due_page(
        self, actor: Actor, *, after: Cursor | None = None, limit: int = 50, walk: int = WALK
    ) -> Page[Case]:
        """The same of a narrowed queryset: full where so many fit among the next ``walk`` due dates, else ``cut`` where those end.

        Three statements. Raises BadCursor as due_page.
        """
        places, beyond = self._due_places(actor, after=after, walk=walk)
        fitting = self._fitting(actor, places)
        chosen = [place for place in places if place[1] in fitting]
        rows = self._in_order_of(chosen[:limit], actor)
        if len(chosen) > limit:
            return Page(rows, tuple(row.pk for row in rows), Cursor(*chosen[limit - 1], DUE))
        end = Cursor(*places[-1], DUE) if beyond else None
        return Page(rows, tuple(row.pk for row in rows), end, cut=beyond)

    def due_hits(self, actor: Actor, *, walk: int = WALK) -> Hits:
        """How many of the next ``walk`` due dates are of cases that this narrowed queryset leaves; two statements."""
        places, beyond = self._due_places(actor, after=None, walk=walk)
        return Hits(len(self._fitting(actor, places)), cut=beyond)

    def _due_places(self, actor: Actor, *, after: Cursor | None, walk: int) -> tuple[list[tuple[datetime, UUID]], bool]:
        """The next places of the walk, and whether there are others beyond."""
        tasks: TaskQuerySet = apps.get_model("cases", "Task")._default_manager.all()
        places = tasks.next_of_each_case(actor, after=after, limit=walk + 1)
        return places[:walk], len(places) > walk

    def _in_order_of(self, places: list[tuple[datetime, UUID]], actor: Actor) -> tuple[Case, ...]:
        """The cases at these places, as far as the actor sees them and the queryset leaves them."""
        keys = [root_id for _due_at, root_id in places]
        found = self.visible_to(actor).select_related("root").in_bulk(keys)
        return tuple(found[key] for key in keys if key in found)

    def _fitting(self, actor: Actor, places: list[tuple[datetime, UUID]]) -> set[UUID]:
        keys = [root_id for _due_at, root_id in places]
        return set(self.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))

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

    def with_giver(self) -> Self:
        """With the names of whoever gave it."""
        return self.select_related("given_by__account", "given_by__authority")

    def due_from(self, after: Cursor | None) -> Self:
        """By due instant, from a place on. Raises BadCursor for a place in another order."""
        found = self.order_by("due_at", "id")
        if after is None:
            return found
        place = after.for_order(DUE)
        return found.filter(Q(due_at__gt=place.sort_at) | Q(due_at=place.sort_at, id__gt=place.root_id))

    def given_to(self, actor: Actor) -> Self:
        """Given to the actor, its authority, its partner or an office that it holds."""
        return self.filter(assignee__in=actor.principals)

    def next_of_each_case(self, actor: Actor, *, after: Cursor | None, limit: int) -> list[tuple[datetime, UUID]]:
        """Due instant and case of the actor's next unfinished task on each case that it sees, after a place.

        One reading per principal of the index that begins with it, then the first of all of them. Of several tasks on a case the
        first alone counts, so no case comes twice.
        """
        own = self.visible_to(actor).unfinished()
        earlier = own.given_to(actor).filter(root_id=OuterRef("root_id"))
        sooner = Q(due_at__lt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), id__lt=OuterRef("id"))
        first = own.filter(~Exists(earlier.filter(sooner, due_at__lte=OuterRef("due_at"))))
        if after is not None:
            place = after.for_order(DUE)
            beyond = Q(due_at__gt=place.sort_at) | Q(root_id__gt=place.root_id)
            first = first.filter(beyond, due_at__gte=place.sort_at)
        places = first.order_by("due_at", "root_id").values_list("due_at", "root_id")
        arms = [places.filter(assignee=principal)[:limit] for principal in actor.principals]
        return list(arms[0].union(*arms[1:], all=True).order_by("due_at", "root_id")[:limit])


class InvitationQuerySet(RootQuerySet["Invitation"]):
    """For invitations."""

    def unanswered(self, at: datetime) -> Self:
        """Sent, still to be answered at that moment."""
        return self.filter(status=InvitationStatus.SENT, answer_until__gt=at)

    def with_names(self) -> Self:
        """With the names that every list of invitations shows."""
        return self.select_related("root", "partner", "inviting_authority__partner")
