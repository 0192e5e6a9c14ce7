"""The first page of the room: every kind of reference data, where it is set, and what of it comes as a file."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from contactgroup.permissions import RulePermission
from foundation import access
from foundation.notifications.permissions import NotificationsPermission
from foundation.pages import exports
from foundation.reference import queries
from meetings.permissions import MeetingPermission
from wbcj import composition
from wbcj.console.reference.others import OTHERS
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
        return super().get_context_data(kinds=kinds, others=_files(), **shown, **kwargs)


def _files() -> list[dict[str, Any]]:
    """Each table that is set elsewhere, with the addresses of its files."""
    return [
        {
            "label": other.label,
            "files": [{"name": form.upper(), "url": f"{_place(other.name)}?format={form}"} for form in exports.FORMATS],
        }
        for other in OTHERS.values()
    ]


def _place(table: str) -> str:
    return reverse("console_reference_table", kwargs={"table": table})
