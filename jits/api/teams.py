"""Reads of teams. What a party keeps for itself is for people alone and has no address here."""

from __future__ import annotations

from typing import Any, ClassVar

from foundation import access
from foundation.access import Cursor, Page
from foundation.pages.api.lists import FilteredOperation, ListOperation
from foundation.pages.api.operations import Operation
from foundation.systems.scopes import Scope
from jits.api import examples, output
from jits.forms.filters import JitFilter
from jits.models import Jit, JitPoint
from jits.permissions import JitPermission
from jits.queries import lists
from jits.queries import team as team_queries
from jits.queries.checklist import checklist
from jits.queries.participants import participants


class TeamList(FilteredOperation):
    """List the joint investigation teams that the bearer sees.

    Last activity first. A narrowed list may give a short or an empty page while `next` leads on.
    """

    permission = JitPermission.VIEW
    scope = Scope.JITS_READ
    verb = "jits.list.viewed"
    item = output.TeamItem
    example = examples.TEAMS
    form_class = JitFilter

    def paged(self, *, after: Cursor | None, limit: int) -> Page[Any]:
        """One page of the list of the page."""
        return lists.jit_list(actor=self.actor, after=after, wanted=self.form.cleaned_data, limit=limit)


class OfTeam(Operation):
    """An operation about one team: loads it through the wall and requires the permission on it."""

    permission: ClassVar[access.Permission] = JitPermission.VIEW
    scope = Scope.JITS_READ
    jit: Jit

    def load(self) -> None:
        """The team with its names."""
        self.jit = Jit.objects.visible_to(self.actor).with_names().get(pk=self.kwargs["pk"])
        self.root_id = self.jit.pk
        access.require(self.actor, self.permission, self.jit)


class TeamRead(OfTeam):
    """Read a team with its request, its parties and its participants.

    An idea is read by whoever had it alone. The case stands there for those who see the case.
    """

    verb = "jits.jit.viewed"
    output = output.TeamDocument
    example = examples.TEAM

    def read(self) -> dict[str, Any]:
        """What the page of the team shows."""
        return self.document(
            {
                "jit": self.jit,
                "parties": team_queries.parties(self.jit, actor=self.actor),
                "participants": participants(self.jit, actor=self.actor),
                "case": team_queries.case_of(self.jit.pk, actor=self.actor),
            }
        )


class TeamChecklist(OfTeam, ListOperation):
    """List the points of the checklist of a team, with what the team says to each.

    In the order of the list, its four parts one after the other; the list has one page.
    """

    verb = "jits.checklist.viewed"
    item = output.PointItem
    example = examples.CHECKLIST

    def rows(self) -> tuple[JitPoint, ...]:
        """All of them."""
        view = checklist(self.jit, actor=self.actor)
        return tuple(line.row for part in view.parts for line in part.lines)
