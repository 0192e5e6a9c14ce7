"""Words of tenancy: kinds of partner, authority and office, and the roles of a membership."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerKind(models.TextChoices):
    WESTERN_BALKAN = "western_balkan", _("Western Balkan partner")
    MEMBER_STATE = "member_state", _("EU Member State")
    EUROJUST = "eurojust", _("Eurojust")
    UNION_BODY = "union_body", _("Union body")
    THIRD_STATE = "third_state", _("Third party")


class AuthorityKind(models.TextChoices):
    PROSECUTION = "prosecution", _("Prosecution office")
    POLICE = "police", _("Police or investigation service")
    CUSTOMS = "customs", _("Customs or tax administration")
    FIU = "fiu", _("Financial intelligence unit")
    MINISTRY = "ministry", _("Ministry")
    DESK = "desk", _("Case desk")
    PROGRAMME = "programme", _("Programme team")


class AccountKind(models.TextChoices):
    PERSON = "person", _("Person")
    SYSTEM = "system", _("Partner system")


SYSTEM_ADDRESSES = "@systems.invalid"
"""How the address of a system ends: a name that exists nowhere (RFC 2606), so that no mail ever arrives."""


class Role(models.TextChoices):
    """What a membership lets its person do; what each role may is on one page, ``wbcj/roles.py``."""

    PROSECUTOR = "prosecutor", _("Prosecutor")
    INVESTIGATOR = "investigator", _("Investigator")
    REGISTRAR = "registrar", _("Registrar")
    PARTNER_ADMINISTRATOR = "partner_administrator", _("Partner administrator")
    CASE_OFFICER = "case_officer", _("Eurojust case officer")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    TECHNICAL_ADMINISTRATOR = "technical_administrator", _("Technical administrator")
    AUDITOR = "auditor", _("Auditor")


class OfficeKind(models.TextChoices):
    """A function that people hold in turn; holding it may widen both sight and role."""

    COORDINATOR = "coordinator", _("Coordinator")
    CONTACT_GROUP_SEAT = "contact_group_seat", _("Contact Group seat")
    CASE_REGISTRY = "case_registry", _("Case registry")
    CASE_DESK = "case_desk", _("Eurojust case desk")


class Capacity(models.TextChoices):
    HOLDER = "holder", _("Holder")
    MEMBER = "member", _("Member")
    DEPUTY = "deputy", _("Deputy")
