"""Which role goes with which partner, which capacity with which office, and what is for people alone."""

from __future__ import annotations

from foundation.tenancy.choices import AccountKind, AuthorityKind, Capacity, OfficeKind, PartnerKind, Role

_OF_EVERY_PARTNER = (Role.PROSECUTOR, Role.INVESTIGATOR, Role.REGISTRAR, Role.PARTNER_ADMINISTRATOR)
_OF_EUROJUST = (
    Role.CASE_OFFICER,
    Role.PROGRAMME_MANAGER,
    Role.REGISTRAR,
    Role.PARTNER_ADMINISTRATOR,
    Role.TECHNICAL_ADMINISTRATOR,
    Role.AUDITOR,
)


_OF_PEOPLE = frozenset({Role.PARTNER_ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.TECHNICAL_ADMINISTRATOR, Role.AUDITOR})
"""They give rights to others, or read what others did."""

OPENS_CONSOLE = frozenset({Role.PROGRAMME_MANAGER, Role.TECHNICAL_ADMINISTRATOR, Role.AUDITOR})
"""Whoever gets such a role gets the mark on the account as well; what they open there is on the page of roles."""


def roles_of(partner_kind: str, account_kind: str = AccountKind.PERSON) -> tuple[Role, ...]:
    """The roles that people or systems of such a partner can have; the database holds the same rules."""
    found = _OF_EUROJUST if partner_kind == PartnerKind.EUROJUST else _OF_EVERY_PARTNER
    if account_kind == AccountKind.PERSON:
        return found
    return tuple(role for role in found if role not in _OF_PEOPLE)


def held_by(office_kind: str) -> tuple[AccountKind, ...]:
    """Who can hold such an office: a seat votes, and a vote binds by person; the database holds the same rule."""
    return (AccountKind.PERSON,) if office_kind == OfficeKind.CONTACT_GROUP_SEAT else tuple(AccountKind)


def capacities_of(office_kind: str) -> tuple[Capacity, ...]:
    """The capacities in which such an office is held."""
    if office_kind == OfficeKind.CONTACT_GROUP_SEAT:
        return (Capacity.MEMBER, Capacity.DEPUTY)
    return (Capacity.HOLDER, Capacity.DEPUTY)


def authority_kinds_of(partner_kind: str) -> tuple[AuthorityKind, ...]:
    """The kinds of authority that staff found at such a partner. Eurojust has one programme team, which the reference data make."""
    if partner_kind == PartnerKind.EUROJUST:
        return (AuthorityKind.DESK,)
    return tuple(kind for kind in AuthorityKind if kind not in {AuthorityKind.DESK, AuthorityKind.PROGRAMME})
