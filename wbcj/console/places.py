"""The rooms of the console, in groups: one table for the overview and for the way from each page to every other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import access
from foundation.access import Permission
from foundation.audit.permissions import AuditPermission
from foundation.documents.printing.permissions import PrintingPermission
from foundation.jobs.permissions import JobsPermission
from foundation.notifications.permissions import NotificationsPermission
from foundation.reference.permissions import ReferencePermission
from foundation.systems.permissions import SystemPermission
from foundation.tenancy.actors import Actor
from meetings.permissions import MeetingPermission
from wbcj.console.permissions import ConsolePermission


@dataclass(frozen=True)
class Place:
    """One page of the console: its name, what it is for, and who may open it."""

    label: Promise | str
    url_name: str
    permission: Permission
    hint: Promise | str


@dataclass(frozen=True)
class Group:
    """Pages that belong together."""

    label: Promise | str
    places: Sequence[Place]


GROUPS: Sequence[Group] = (
    Group(
        _("Record"),
        (
            Place(
                _("Audit log"),
                "console_events",
                AuditPermission.READ_EVENTS,
                _("Every look, change and refusal, as opaque keys; with filters and as a file."),
            ),
        ),
    ),
    Group(
        _("Partners and people"),
        (
            Place(
                _("Partners and authorities"),
                "console_partners",
                ConsolePermission.PEOPLE,
                _("Who has people and administrators, and whose names wait to be confirmed."),
            ),
            Place(
                _("People and appointments"),
                "console_people",
                ConsolePermission.PEOPLE,
                _("Roles, offices, ends, second factors, last sign-ins."),
            ),
            Place(
                _("API clients"),
                "console_clients",
                SystemPermission.OVERSEE,
                _("Partner systems and their tokens; stop one at once."),
            ),
        ),
    ),
    Group(
        _("The programme"),
        (
            Place(
                _("Reference data"),
                "console_reference",
                ReferencePermission.VIEW,
                _("Code lists, seats and dates with their days; as files, in and out."),
            ),
            Place(
                _("Contact Group calendar"),
                "console_calendar",
                MeetingPermission.VIEW,
                _("Meetings, and the dates of the programme beside them."),
            ),
        ),
    ),
    Group(
        _("The machine"),
        (
            Place(
                _("Background work"), "console_work", JobsPermission.VIEW, _("Queues, and what has failed for good.")
            ),
            Place(
                _("Mails"),
                "console_deliveries",
                NotificationsPermission.DELIVERIES,
                _("What left the house, and of what nobody knows whether it arrived."),
            ),
            Place(
                _("Reminders"),
                "console_reminders",
                JobsPermission.VIEW,
                _("Days before, quiet hours, public holidays."),
            ),
            Place(_("Stored files"), "console_files", JobsPermission.VIEW, _("The nightly check, and damaged files.")),
        ),
    ),
    Group(
        _("How it looks"),
        (
            Place(
                _("Printed papers"),
                "console_papers",
                PrintingPermission.COUNT,
                _("Kinds, templates, typefaces, numbers of the last 30 days, and a specimen of each."),
            ),
            Place(
                _("Gallery"),
                "console_gallery",
                ConsolePermission.GALLERY,
                _("What pages are made of, in every variant."),
            ),
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Link:
    """A page as a line."""

    label: Promise | str
    url: str
    hint: Promise | str
    current: bool


def open_to(actor: Actor, path: str = "") -> list[tuple[Promise | str, list[Link]]]:
    """The groups with the pages that this actor may open; ``path`` is the page in view."""
    groups = [(group.label, [_link(one, path) for one in group.places if _opens(actor, one)]) for group in GROUPS]
    return [(label, links) for label, links in groups if links]


def _opens(actor: Actor, place: Place) -> bool:
    return access.role_allows(actor, place.permission)


def _link(place: Place, path: str) -> Link:
    url = reverse(place.url_name)
    return Link(label=place.label, url=url, hint=place.hint, current=path.startswith(url))
