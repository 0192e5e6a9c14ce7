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
from contactgroup.actions import ruling as voting_rules
from contactgroup.permissions import NominationPermission, RulePermission
from foundation.access import Permission
from foundation.documents import actions as document_actions
from foundation.documents import panels as documents
from foundation.documents import pdf as document_papers
from foundation.documents.copying.targets import Targets
from foundation.documents.intake.markings import Reader
from foundation.documents.printing.kinds import Kind
from foundation.jobs.permissions import JobsPermission
from foundation.notifications import panels as inbox
from foundation.notifications.permissions import NotificationsPermission
from foundation.notifications.reminders import actions as reminder_rules
from foundation.pages.panels import Builder
from foundation.reference import reminders
from foundation.reference.acts import ActKind
from foundation.reference.kinds import DatedKind
from foundation.reference.kinds import Kind as ReferenceKind
from foundation.reference.programme import PROGRAMME
from foundation.systems import actions as system_actions
from jits import annex_pdf as annex_papers
from jits import kinds as jit_kinds
from jits import panels as jits
from jits import papers as jit_papers
from jits import plan_pdf as plan_papers
from jits.permissions import JitPermission
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
    "jit": "jit",
    "meeting": "meeting",
}
"""Kind of a root -> name of the page that shows it; the page takes the root's key as ``pk``."""

PANELS: dict[str, Sequence[Builder]] = {
    "home": [
        contact_group.votes_open,
        contact_group.waiting_for_agenda,
        jits.waiting,
        people_to_confirm,
        cases.invitations_waiting,
        cases.tasks_waiting,
        inbox.unread,
    ],
    "cases.case": [contact_group.nominations, jits.teams, documents.of_record, jits.legal_basis],
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
    "jit.changed": _("A joint investigation team was changed"),
}
"""Of what a partner system can be told: for each kind of root that it was changed, and what says more."""

READ_AT: dict[str, str] = {
    "case": "api_case",
    "invitation": "api_invitation",
    "nomination": "api_nomination",
    "meeting": "api_meeting",
    "jit": "api_team",
    "webhook": "webhook",
}
"""Kind of what a partner system is told of -> name of the address where it is read; the page of the root where there is none."""

PAPERS: Sequence[Kind] = (
    case_papers.SHEET,
    meeting_papers.AGENDA,
    meeting_papers.DECISIONS,
    document_papers.SHEET,
    jit_papers.AGREEMENT,
    annex_papers.ANNEX,
    plan_papers.PLAN,
)
"""What can be printed."""

FOLLOWS: dict[str, Sequence[Callable[..., None]]] = {
    document_actions.RECEIVE: [case_documents.object_when_closed],
    document_actions.WITHDRAW: [case_documents.object_when_closed],
    authority_actions.CLOSE: [case_authorities.object_while_at_work],
    system_actions.RECALL: [partner_notices.token_recalled],
    reminder_rules.RULED: [reminders.remember],
    voting_rules.RULED: [contact_group_kinds.remember],
}
"""Name of an act -> what follows from it, in order, in the same transaction."""

MARKINGS: dict[str, Reader] = {"case": case_marking}
"""Kind of a root -> what reads its handling codes; a new document under it begins with them."""

COPIES_GO_TO: Targets = CASES
"""Where a copy of a document may be filed."""


REFERENCE: dict[str, DatedKind] = {
    kind.name: kind
    for kind in (
        PROGRAMME,
        case_kinds.CRIME_TYPES,
        case_kinds.PRIORITIES,
        contact_group_kinds.CRITERIA,
        partner_kinds.SEATS,
        jit_kinds.INSTRUMENTS,
        jit_kinds.PARTIES,
    )
}
"""Kinds of reference data that staff edit in the console, in the order of its room, by their names in addresses."""

SET_ELSEWHERE: dict[str, ActKind] = {
    kind.name: kind
    for kind in (contact_group_kinds.VOTING_RULES, reminders.OFFSETS, reminders.HOURS, reminders.HOLIDAYS)
}
"""Those that have pages of their own, whose rows come as files and have a history as the others have."""

AS_FILES: dict[str, ReferenceKind] = {**REFERENCE, **SET_ELSEWHERE}
"""All of them."""

SET_AT: dict[str, tuple[str, Permission]] = {
    contact_group_kinds.VOTING_RULES.name: ("voting_rules", RulePermission.VIEW),
    **dict.fromkeys(
        (reminders.OFFSETS.name, reminders.HOURS.name, reminders.HOLIDAYS.name),
        ("console_reminders", JobsPermission.VIEW),
    ),
}
"""Kind that is set elsewhere -> name of the page, and who may open it."""


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
    Entry(_("Teams"), "jits", JitPermission.VIEW),
    Entry(_("Meetings"), "meetings", MeetingPermission.VIEW),
    Entry(_("Directory"), "directory", PartnerPermission.DIRECTORY),
    Entry(_("Inbox"), "inbox", NotificationsPermission.READ),
    Entry(_("Console"), "console", ConsolePermission.VIEW),
)
