"""Who may do what: one page.

A membership's role and the offices that it holds give permissions. A permission with a level also needs a share of that level on the
root in question (``foundation.access.decisions``). No role sees anything by itself: sight comes from shares alone.
"""

from __future__ import annotations

from foundation.access import Permission
from foundation.tenancy.choices import OfficeKind, Role
from wbcj.home.permissions import HomePermission

EVERYONE: frozenset[Permission] = frozenset({HomePermission.VIEW})

MAY: dict[str, frozenset[Permission]] = {
    Role.PROSECUTOR: EVERYONE,
    Role.INVESTIGATOR: EVERYONE,
    Role.REGISTRAR: EVERYONE,
    Role.PARTNER_ADMINISTRATOR: EVERYONE,
    Role.CASE_OFFICER: EVERYONE,
    Role.PROGRAMME_MANAGER: EVERYONE,
    Role.TECHNICAL_ADMINISTRATOR: EVERYONE,
    OfficeKind.COORDINATOR: frozenset(),
    OfficeKind.CONTACT_GROUP_SEAT: frozenset(),
    OfficeKind.CASE_REGISTRY: frozenset(),
    OfficeKind.CASE_DESK: frozenset(),
}
