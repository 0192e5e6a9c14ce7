"""Who may do what: one page.

A membership's role and the offices that it holds give permissions. A permission with a level also needs a share of that level on the
root in question (``foundation.access.decisions``). No role sees anything by itself: sight comes from shares alone.
"""

from __future__ import annotations

from cases.permissions import CasePermission, InvitationPermission
from contactgroup.permissions import NominationPermission, RulePermission
from foundation.access import Permission
from foundation.audit.permissions import AuditPermission
from foundation.documents.permissions import DocumentPermission
from foundation.documents.printing.permissions import PrintingPermission
from foundation.jobs.permissions import JobsPermission
from foundation.notifications.permissions import NotificationsPermission
from foundation.pages.permissions import PagesPermission
from foundation.reference.permissions import ReferencePermission
from foundation.sharing.permissions import SharingPermission
from foundation.systems.permissions import SystemPermission
from foundation.tenancy.choices import OfficeKind, Role
from jits.permissions import JitPermission, LawPermission
from meetings.permissions import MeetingPermission
from partners.permissions import PartnerPermission
from wbcj.console.permissions import ConsolePermission
from wbcj.home.permissions import HomePermission

EVERYONE: frozenset[Permission] = frozenset(
    {
        HomePermission.VIEW,
        PagesPermission.KEEP_DRAFTS,
        PartnerPermission.DIRECTORY,
        PartnerPermission.PROFILE,
        PartnerPermission.CONFIRM,
    }
)

READS: frozenset[Permission] = EVERYONE | {
    NotificationsPermission.READ,
    NotificationsPermission.FEED,
    SharingPermission.VIEW,
    SharingPermission.LEAVE,
    DocumentPermission.VIEW,
    DocumentPermission.DOWNLOAD,
    PrintingPermission.PRINT,
}
"""Reads what is shared with it and may leave it."""

SHARES: frozenset[Permission] = READS | {SharingPermission.SHARE, SharingPermission.HAND_OVER}
"""Decides as well who else sees what it manages."""

FILES: frozenset[Permission] = frozenset({DocumentPermission.ADD, DocumentPermission.WITHDRAW, DocumentPermission.COPY})
"""Files documents where it contributes, and copies of what it may pass on."""

AUDITS: frozenset[Permission] = frozenset({ConsolePermission.VIEW, AuditPermission.READ_EVENTS})
"""Reads who did what and when, as keys, and opens nothing else of the console."""

STAFF: frozenset[Permission] = frozenset(
    {
        ConsolePermission.VIEW,
        ConsolePermission.PEOPLE,
        PartnerPermission.FOUND,
        PartnerPermission.AUTHORITIES,
        PrintingPermission.COUNT,
        SystemPermission.OVERSEE,
        SystemPermission.RECALL,
    }
)
"""Looks after partners, their people and their systems, for the project."""

TECHNICAL: frozenset[Permission] = frozenset(
    {
        AuditPermission.READ_EVENTS,
        ConsolePermission.GALLERY,
        JobsPermission.VIEW,
        JobsPermission.RUN_AGAIN,
        NotificationsPermission.DELIVERIES,
        NotificationsPermission.SET_REMINDERS,
        NotificationsPermission.SEND_AGAIN,
    }
)
"""Keys, instants and numbers; never what a case says."""

MEETS: frozenset[Permission] = frozenset({MeetingPermission.VIEW, NominationPermission.VIEW, RulePermission.VIEW})
WITHDRAWS: frozenset[Permission] = MEETS | {
    NominationPermission.WITHDRAW,
    CasePermission.RELEASE,
    MeetingPermission.TAKE_OFF,
}
"""Takes a nomination of its own authority back, which takes it off the agenda as well."""

NOMINATES: frozenset[Permission] = WITHDRAWS | {NominationPermission.NOMINATE, NominationPermission.REVISE}
VOTES: frozenset[Permission] = MEETS | {NominationPermission.VOTE, NominationPermission.RECUSE}
DECIDES: frozenset[Permission] = MEETS | {
    NominationPermission.PUT_ON_AGENDA,
    NominationPermission.RUN_VOTING,
    NominationPermission.DECIDE,
}
TEAMS: frozenset[Permission] = frozenset({JitPermission.VIEW})
"""Reads the joint investigation teams that it is part of."""

TEAM_WORK: frozenset[Permission] = TEAMS | {JitPermission.WORK}
"""Works in a joint investigation team, and speaks for nobody."""

TEAM_LEAD: frozenset[Permission] = frozenset(JitPermission)
"""Speaks for its party in a joint investigation team."""

RULES: frozenset[Permission] = frozenset(RulePermission)
"""Sets how votes are counted, for days to come. The case desk, which runs the votes, does not."""

REFERENCE: frozenset[Permission] = frozenset(ReferencePermission)
"""Reads and edits reference data. Project staff of Eurojust are its programme managers; whoever runs the product only reads them."""

RUNS_MEETINGS: frozenset[Permission] = frozenset(MeetingPermission)
LAW: frozenset[Permission] = frozenset(LawPermission)
"""Asks on what a joint team can rest: whoever reads cases."""

CASE_READING: frozenset[Permission] = LAW | {
    CasePermission.LIST,
    CasePermission.VIEW,
    InvitationPermission.LIST,
    InvitationPermission.VIEW,
}
CASE_WORK: frozenset[Permission] = CASE_READING | {
    CasePermission.CREATE,
    CasePermission.CONTRIBUTE,
    CasePermission.EDIT,
    CasePermission.SUBMIT,
}
CASE_LEAD: frozenset[Permission] = CASE_WORK | {
    CasePermission.NOMINATE,
    CasePermission.RELEASE,
    CasePermission.COORDINATE,
    CasePermission.CLOSE,
    CasePermission.REOPEN,
    CasePermission.ARCHIVE,
    CasePermission.INVITE,
    InvitationPermission.SEND,
    InvitationPermission.WITHDRAW,
}
CASE_ANSWERING: frozenset[Permission] = frozenset(
    {InvitationPermission.LIST, InvitationPermission.VIEW, InvitationPermission.ANSWER}
)
CASE_DECIDING: frozenset[Permission] = CASE_READING | {
    CasePermission.CONTRIBUTE,
    CasePermission.RELEASE,
    CasePermission.SELECT,
    InvitationPermission.SEND,
    InvitationPermission.WITHDRAW,
}

MAY: dict[str, frozenset[Permission]] = {
    Role.PROSECUTOR: SHARES | FILES | NOMINATES | CASE_LEAD | TEAM_LEAD,
    Role.INVESTIGATOR: SHARES | FILES | MEETS | CASE_WORK | TEAM_WORK,
    Role.REGISTRAR: SHARES | FILES | WITHDRAWS | CASE_WORK | TEAMS,
    Role.PARTNER_ADMINISTRATOR: READS | {PartnerPermission.ADMINISTER, SystemPermission.ADMINISTER},
    Role.CASE_OFFICER: SHARES | FILES | MEETS | CASE_READING | TEAMS | {CasePermission.CONTRIBUTE},
    Role.PROGRAMME_MANAGER: SHARES | FILES | RUNS_MEETINGS | RULES | REFERENCE | CASE_READING | STAFF,
    Role.TECHNICAL_ADMINISTRATOR: EVERYONE | TECHNICAL | STAFF | {ReferencePermission.VIEW},
    Role.AUDITOR: EVERYONE | AUDITS,
    OfficeKind.COORDINATOR: CASE_ANSWERING | TEAMS,
    OfficeKind.CONTACT_GROUP_SEAT: VOTES,
    OfficeKind.CASE_REGISTRY: frozenset(),
    OfficeKind.CASE_DESK: RUNS_MEETINGS | DECIDES | CASE_DECIDING | TEAMS,
}

SEES_CASES = "reads cases that must not leak: a password that was guessed or read over a shoulder must not be enough"
GIVES_RIGHTS = "decides who works here: with this role a stranger could let others in"
READS_THE_RECORD = "reads who did what and when, of every partner"
SECOND_FACTOR: dict[str, str] = {
    Role.PROSECUTOR: SEES_CASES,
    Role.INVESTIGATOR: SEES_CASES,
    Role.REGISTRAR: SEES_CASES,
    Role.CASE_OFFICER: SEES_CASES,
    Role.PROGRAMME_MANAGER: GIVES_RIGHTS,
    Role.PARTNER_ADMINISTRATOR: GIVES_RIGHTS,
    Role.TECHNICAL_ADMINISTRATOR: GIVES_RIGHTS,
    Role.AUDITOR: READS_THE_RECORD,
}
"""Role -> why whoever acts through it needs a second factor besides the password. Offices are held by people of these roles."""

STEP_UP: frozenset[Permission] = frozenset(
    {
        NotificationsPermission.FEED,
        SharingPermission.SHARE,
        SharingPermission.HAND_OVER,
        PartnerPermission.ADMINISTER,
        PartnerPermission.CONFIRM,
        PartnerPermission.FOUND,
        PartnerPermission.AUTHORITIES,
        ReferencePermission.CHANGE,
        SystemPermission.ADMINISTER,
        SystemPermission.RECALL,
    }
)
"""Forms with one of these change who may see or do what: they ask who one is unless one has said so lately. Reference data say how
many may sit on an office and what everybody chooses from, and one file changes many rows of them.

To nominate, to invite and to answer are the work itself, each shown to partners at once; to leave takes from oneself alone.
"""
