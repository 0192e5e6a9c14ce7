"""The first page of the room: every kind of reference data, where it is set, and what of it comes as a file."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from contactgroup.permissions import RulePermission
from foundation import access
from foundation.notifications.permissions import NotificationsPermission
from foundation.pages import exports
from foundation.reference import queries
from foundation.reference.kinds import Kind
from foundation.tenancy.actors import Actor
from meetings.permissions import MeetingPermission
from wbcj import composition
from wbcj.console.reference import bringing
from wbcj.console.reference.rooms import ReferencePage, today


class Reference(ReferencePage):
    """Every kind there is."""

    verb = "console.reference.viewed"
    template_name = "console/reference/room.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The kinds with their numbers, and what is set on pages of its own."""
        kinds = queries.counted(list(composition.REFERENCE.values()), on=today())
        places = {
            "may_see_meetings": MeetingPermission.VIEW,
            "may_see_rules": RulePermission.VIEW,
            "may_set_reminders": NotificationsPermission.SET_REMINDERS,
        }
        shown = {name: access.role_allows(self.actor, permission) for name, permission in places.items()}
        return super().get_context_data(kinds=kinds, others=_elsewhere(self.actor), **shown, **kwargs)


def _elsewhere(actor: Actor) -> list[dict[str, Any]]:
    """Each kind that is set elsewhere, with its files, its history, and the way in for whoever may set it."""
    return [
        {
            "label": kind.label,
            "files": [
                {"name": form.upper(), "url": f"{_place(kind, 'file')}?format={form}"} for form in exports.FORMATS
            ],
            "history": _place(kind, "history"),
            "import": bringing.step(kind, "import") if access.role_allows(actor, kind.change) else "",
        }
        for kind in composition.SET_ELSEWHERE.values()
    ]


def _place(kind: Kind, page: str) -> str:
    return reverse(f"console_reference_{page}", kwargs={"kind": kind.name})
