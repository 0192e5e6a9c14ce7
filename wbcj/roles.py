"""Who may do what: one page.

A membership's role and the offices that it holds give permissions. A permission with a level also needs a share of that level on the
root in question (``foundation.access.decisions``). No role sees anything by itself: sight comes from shares alone.
"""

from __future__ import annotations

from foundation.access import Permission
from foundation.tenancy.choices import OfficeKind, Role
from meetings.permissions import MeetingPermission
from wbcj.home.permissions import HomePermission

EVERYONE: frozenset[Permission] = frozenset({HomePermission.VIEW})

MEETS: frozenset[Permission] = frozenset({MeetingPermission.VIEW})
NOMINATES: frozenset[Permission] = MEETS | {MeetingPermission.TAKE_OFF}
RUNS_MEETINGS: frozenset[Permission] = frozenset(MeetingPermission)

MAY: dict[str, frozenset[Permission]] = {
    Role.PROSECUTOR: EVERYONE | NOMINATES,
    Role.INVESTIGATOR: EVERYONE | MEETS,
    Role.REGISTRAR: EVERYONE | NOMINATES,
    Role.PARTNER_ADMINISTRATOR: EVERYONE,
    Role.CASE_OFFICER: EVERYONE | MEETS,
    Role.PROGRAMME_MANAGER: EVERYONE | RUNS_MEETINGS,
    Role.TECHNICAL_ADMINISTRATOR: EVERYONE,
    OfficeKind.COORDINATOR: frozenset(),
    OfficeKind.CONTACT_GROUP_SEAT: MEETS,
    OfficeKind.CASE_REGISTRY: frozenset(),
    OfficeKind.CASE_DESK: RUNS_MEETINGS,
}
