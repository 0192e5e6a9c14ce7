"""Which role goes with which partner, which capacity with which office."""

from __future__ import annotations

from foundation.tenancy.choices import Capacity, OfficeKind, PartnerKind, Role

_OF_EVERY_PARTNER = (Role.PROSECUTOR, Role.INVESTIGATOR, Role.REGISTRAR, Role.PARTNER_ADMINISTRATOR)
_OF_EUROJUST = (
    Role.CASE_OFFICER,
    Role.PROGRAMME_MANAGER,
    Role.REGISTRAR,
    Role.PARTNER_ADMINISTRATOR,
    Role.TECHNICAL_ADMINISTRATOR,
)


def roles_of(partner_kind: str) -> tuple[Role, ...]:
    """The roles that people of such a partner can have; the database holds the same rule for Eurojust's own roles."""
    return _OF_EUROJUST if partner_kind == PartnerKind.EUROJUST else _OF_EVERY_PARTNER


def capacities_of(office_kind: str) -> tuple[Capacity, ...]:
    """The capacities in which such an office is held."""
    if office_kind == OfficeKind.CONTACT_GROUP_SEAT:
        return (Capacity.MEMBER, Capacity.DEPUTY)
    return (Capacity.HOLDER, Capacity.DEPUTY)
