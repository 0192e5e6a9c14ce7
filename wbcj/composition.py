"""What the apps are to each other: addresses of roots, panels on other apps' pages, what follows from an act, the navigation.

One page, read from top to bottom. Lower apps never know what stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import panels as cases
from cases import pdf as case_papers
from cases.actions import authorities as case_authorities
from cases.actions import documents as case_documents
from cases.permissions import CasePermission, InvitationPermission
from cases.queries.filing import CASES
from cases.queries.marking import marking as case_marking
from cases.reference import kinds as case_kinds
from contactgroup import kinds as contact_group_kinds
from contactgroup import panels as contact_group
from contactgroup.permissions import NominationPermission
from foundation.access import Permission
from foundation.documents import actions as document_actions
from foundation.documents import panels as documents
from foundation.documents import pdf as document_papers
from foundation.documents.copying.targets import Targets
from foundation.documents.intake.markings import Reader
from foundation.documents.printing.kinds import Kind
from foundation.notifications import panels as inbox
from foundation.notifications.permissions import NotificationsPermission
from foundation.pages.panels import Builder
from foundation.reference.kinds import Kind as ReferenceKind
from foundation.reference.programme import PROGRAMME
from foundation.systems import actions as system_actions
from meetings import pdf as meeting_papers
from meetings.permissions import MeetingPermission
from partners import kinds as partner_kinds
from partners import notices as partner_notices
from partners.actions import authorities as authority_actions
from partners.permissions import PartnerPermission
from partners.queries import waiting_panel as people_to_confirm
from wbcj.console.permissions import ConsolePermission
from wbcj.home.permissions import HomePermission

ADDRESSES: dict[str, str] = {
    "case": "case",
    "invitation": "invitation",
    "nomination": "nomination",
    "meeting": "meeting",
}
"""Kind of a root -> name of the page that shows it; the page takes the root's key as ``pk``."""

PANELS: dict[str, Sequence[Builder]] = {
    "home": [
        contact_group.votes_open,
        contact_group.waiting_for_agenda,
        people_to_confirm,
        cases.invitations_waiting,
        cases.tasks_waiting,
        inbox.unread,
    ],
    "cases.case": [contact_group.nominations, documents.of_record],
    "meetings.meeting": [documents.of_record],
    "meetings.list": [contact_group.rules],
}
"""Name of a page -> panels of upper apps that stand on it, in order; "home" is what waits for the actor."""

EVENTS: dict[str, Promise | str] = {
    "case.changed": _("A case was changed"),
    "invitation.received": _("An invitation came from another partner"),
    "invitation.changed": _("An invitation was changed"),
    "nomination.changed": _("A nomination was changed"),
    "meeting.changed": _("A meeting was changed"),
}
"""Of what a partner system can be told: for each kind of root that it was changed, and what says more."""

READ_AT: dict[str, str] = {
    "case": "api_case",
    "invitation": "api_invitation",
    "nomination": "api_nomination",
    "meeting": "api_meeting",
    "webhook": "webhook",
}
"""Kind of what a partner system is told of -> name of the address where it is read; the page of the root where there is none."""

PAPERS: Sequence[Kind] = (
    case_papers.SHEET,
    meeting_papers.AGENDA,
    meeting_papers.DECISIONS,
    document_papers.SHEET,
)
"""What can be printed."""

FOLLOWS: dict[str, Sequence[Callable[..., None]]] = {
    document_actions.RECEIVE: [case_documents.object_when_closed],
    document_actions.WITHDRAW: [case_documents.object_when_closed],
    authority_actions.CLOSE: [case_authorities.object_while_at_work],
    system_actions.RECALL: [partner_notices.token_recalled],
}
"""Name of an act -> what follows from it, in order, in the same transaction."""

MARKINGS: dict[str, Reader] = {"case": case_marking}
"""Kind of a root -> what reads its handling codes; a new document under it begins with them."""

COPIES_GO_TO: Targets = CASES
"""Where a copy of a document may be filed."""


REFERENCE: dict[str, ReferenceKind] = {
    kind.name: kind
    for kind in (
        PROGRAMME,
        case_kinds.CRIME_TYPES,
        case_kinds.PRIORITIES,
        contact_group_kinds.CRITERIA,
        partner_kinds.SEATS,
    )
}
"""Kinds of reference data that staff edit in the console, in the order of its room, by their names in addresses."""


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; shown to whom the permission is given."""

    label: Promise | str
    url_name: str
    permission: Permission


NAVIGATION: tuple[Entry, ...] = (
    Entry(_("Home"), "home", HomePermission.VIEW),
    Entry(_("Cases"), "cases", CasePermission.LIST),
    Entry(_("Invitations"), "invitations", InvitationPermission.LIST),
    Entry(_("Contact Group"), "nominations", NominationPermission.VIEW),
    Entry(_("Meetings"), "meetings", MeetingPermission.VIEW),
    Entry(_("Directory"), "directory", PartnerPermission.DIRECTORY),
    Entry(_("Inbox"), "inbox", NotificationsPermission.READ),
    Entry(_("Console"), "console", ConsolePermission.VIEW),
)
