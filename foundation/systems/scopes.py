"""What a token may be used for: a closed list, and the only one.

A scope is a lid and never a right: what a system sees and does follows from its membership and from shares, as for a person, and a
token that lacks the scope is refused even where the membership could. Reading and writing are apart, and neither brings the other:
a token that only files need not read. A new area of the interface adds its scopes here, and a migration brings the database's check.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One thing that a token may be used for."""

    PARTNERS_READ = "partners:read", _("Read partners, authorities and people")
    CASES_READ = "cases:read", _("Read cases, with proceedings, notes and tasks")
    CASES_WRITE = "cases:write", _("Open and change cases, with proceedings, notes and tasks")
    INVITATIONS_READ = "invitations:read", _("Read invitations to take part in a case")
    INVITATIONS_WRITE = "invitations:write", _("Invite partners, and answer invitations")
    SHARING_READ = "sharing:read", _("Read who sees a record")
    SHARING_WRITE = "sharing:write", _("Share records, and take shares back")
    CONTACT_GROUP_READ = "contactgroup:read", _("Read nominations, results and decisions of the Contact Group")
    CONTACT_GROUP_WRITE = "contactgroup:write", _("Nominate cases to the Contact Group, and take nominations back")
    MEETINGS_READ = "meetings:read", _("Read meetings and agendas")
    MEETINGS_WRITE = "meetings:write", _("Call and change meetings")
    JITS_READ = "jits:read", _("Read joint investigation teams, and ask for their legal basis")
