"""The list of nominations and the page of one."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from contactgroup.forms.filters import NominationFilter
from contactgroup.permissions import NominationPermission
from contactgroup.queries import lists
from contactgroup.queries.nomination import nomination_view
from contactgroup.views.base import OfNomination, trail
from foundation.access import Cursor, Page
from foundation.access.hits import Hits
from foundation.pages.lists import Exported, ListPage


class NominationList(ListPage):
    """The nominations that the actor sees, narrowed, by last activity."""

    permission = NominationPermission.VIEW
    verb = "contactgroup.list.viewed"
    template_name = "contactgroup/list.html"
    form_class = NominationFilter
    export = "nominations_export"

    def read(self, *, after: Cursor | None, limit: int) -> Page[Any]:
        """One page of nominations."""
        return lists.nomination_list(actor=self.actor, after=after, wanted=self.form.cleaned_data, limit=limit)

    def hits(self) -> Hits:
        """Those that fit."""
        return lists.nomination_hits(actor=self.actor, wanted=self.form.cleaned_data)


class NominationExport(Exported, NominationList):
    """The list of nominations as a file."""

    verb = "contactgroup.list.exported"
    columns = lists.COLUMNS
    heading = gettext_lazy("Nominations")
    named = back = "nominations"


class NominationPage(OfNomination):
    """The dossier, the electorate and its votes, the decision, and what can be done next."""

    verb = "contactgroup.nomination.viewed"
    template_name = "contactgroup/nomination.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The nomination as its reader sees it."""
        now = timezone.now()
        view = nomination_view(self.nomination, actor=self.actor, at=now)
        return super().get_context_data(view=view, nomination=self.nomination, trail=trail(), now=now, **kwargs)
