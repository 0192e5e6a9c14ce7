"""The list of nominations and the page of one."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from contactgroup.permissions import NominationPermission
from contactgroup.queries import lists
from contactgroup.queries.nomination import nomination_view
from contactgroup.views.base import OfNomination, cursor_of, trail
from foundation.pages.base import ActorPage


class NominationList(ActorPage):
    """Every nomination that the actor sees, by last activity."""

    permission = NominationPermission.VIEW
    verb = "contactgroup.list.viewed"
    template_name = "contactgroup/list.html"

    def load(self) -> None:
        """One statement."""
        self.page = lists.nomination_list(actor=self.actor, after=cursor_of(self.request.GET.get("after", "")))
        self.returned = self.page.roots

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows."""
        return super().get_context_data(page=self.page, now=timezone.now(), **kwargs)


class NominationPage(OfNomination):
    """The dossier, the electorate and its votes, the decision, and what can be done next."""

    verb = "contactgroup.nomination.viewed"
    template_name = "contactgroup/nomination.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The nomination as its reader sees it."""
        now = timezone.now()
        view = nomination_view(self.nomination, actor=self.actor, at=now)
        return super().get_context_data(view=view, nomination=self.nomination, trail=trail(), now=now, **kwargs)
