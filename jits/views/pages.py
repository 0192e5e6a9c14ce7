"""The list of teams and the page of one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from foundation.access import Cursor, Page
from foundation.access.hits import Hits
from foundation.pages.lists import Exported, ListPage
from jits.forms.filters import JitFilter
from jits.permissions import JitPermission
from jits.queries import lists
from jits.queries.team import team_view
from jits.views.base import OfJit, trail


class JitList(ListPage):
    """The teams that the actor sees, narrowed, by last activity."""

    permission = JitPermission.VIEW
    verb = "jits.list.viewed"
    template_name = "jits/list.html"
    form_class = JitFilter
    export = "jits_export"

    def read(self, *, after: Cursor | None, limit: int) -> Page[Any]:
        """One page of teams."""
        return lists.jit_list(actor=self.actor, after=after, wanted=self.form.cleaned_data, limit=limit)

    def hits(self) -> Hits:
        """Those that fit."""
        return lists.jit_hits(actor=self.actor, wanted=self.form.cleaned_data)


class JitExport(Exported, JitList):
    """The list of teams as a file."""

    verb = "jits.list.exported"
    columns = lists.COLUMNS
    heading = gettext_lazy("Joint investigation teams")
    named = back = "jits"


class JitPage(OfJit):
    """The request, the parties and how far they agreed, the participants, and what can be done next."""

    verb = "jits.jit.viewed"
    template_name = "jits/team.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The team as its reader sees it."""
        view = team_view(self.jit, actor=self.actor)
        return super().get_context_data(view=view, jit=self.jit, trail=trail(), **kwargs)
