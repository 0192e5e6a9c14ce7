"""The seven actors whose sight is measured, and the partners that stand around them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from foundation.tenancy.choices import AuthorityKind, Capacity, OfficeKind, PartnerKind, Role
from foundation.tenancy.models import Account, Authority, Membership, Office, OfficeHolder, Partner


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What an actor is to see: a share of all roots, or a number of them, perhaps among the oldest tenth alone."""

    name: str
    part: float = 0.0
    number: int = 0
    oldest: bool = False


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who acts; ``through`` are the groups that hold the shares, ``principals`` all groups of the membership."""

    sight: Sight
    account_id: UUID
    membership_id: UUID
    through: tuple[int, ...]
    principals: tuple[int, ...]


@dataclass(frozen=True)
class Manager:
    """Who opened a root, and the registry that manages it with them."""

    membership_id: UUID
    authority_id: UUID
    group: int
    registry: int
    partner: int


SIGHTS = (
    Sight(name="partner, 0.1 %", part=0.001),
    Sight(name="partner, 10 %", part=0.10),
    Sight(name="partner, 90 %", part=0.90),
    Sight(name="five principals, 22 %", part=0.22),
    Sight(name="case desk, 30 %", part=0.30),
    Sight(name="200 single shares", number=200),
    Sight(name="dormant, 5 %", part=0.05, oldest=True),
)
OTHER_PARTNERS = 17
PEOPLE_OF_EACH = 6


class House:
    """Makes partners, authorities, offices and people, as the owner of the tables."""

    def __init__(self, at: datetime) -> None:
        self.since = at - timedelta(days=365)
        self.founding = {
            "starts_at": self.since, "proposed_at": self.since, "confirmed_at": self.since, "founding": True,
        }  # fmt: skip

    def authority(self, code: str, kind: PartnerKind = PartnerKind.WESTERN_BALKAN) -> Authority:
        """A partner with one authority."""
        partner = Partner.objects.create(code=f"BENCH-{code}", kind=kind, name=f"Bench partner {code}")
        return Authority.objects.create(partner=partner, kind=AuthorityKind.PROSECUTION, name=f"Prosecution {code}")

    def office(self, authority: Authority, kind: OfficeKind) -> Office:
        """An office of the authority's partner; a registry is the authority's own."""
        own = authority if kind == OfficeKind.CASE_REGISTRY else None
        return Office.objects.create(partner=authority.partner, authority=own, kind=kind)

    def membership(self, authority: Authority, name: str, role: Role, *offices: Office) -> Membership:
        """A person at work in that authority, who holds those offices."""
        account = Account.objects.create(email=f"{name}@bench.example.org", full_name=f"Bench person {name}")
        membership = Membership.objects.create(account=account, authority=authority, role=role, **self.founding)
        for office in offices:
            OfficeHolder.objects.create(office=office, membership=membership, capacity=Capacity.HOLDER, **self.founding)
        return membership

    def managers(self) -> list[Manager]:
        """The people who open the roots: none of them is measured."""
        found = []
        for number in range(OTHER_PARTNERS):
            authority = self.authority(f"O{number}")
            registry = self.office(authority, OfficeKind.CASE_REGISTRY)
            for place in range(PEOPLE_OF_EACH):
                membership = self.membership(authority, f"other{number}-{place}", Role.PROSECUTOR)
                groups = (membership.group_id, registry.group_id, authority.partner.group_id)
                found.append(Manager(membership.pk, authority.pk, *groups))
        return found

    def person(self, number: int, sight: Sight) -> Person:
        """One of the seven, in a partner of its own."""
        staff, wide = sight.name.startswith("case desk"), sight.name.startswith("five")
        kind = PartnerKind.EUROJUST if staff else PartnerKind.WESTERN_BALKAN
        authority = self.authority(f"A{number}", kind)
        wide_offices = (OfficeKind.COORDINATOR, OfficeKind.CONTACT_GROUP_SEAT, OfficeKind.CASE_REGISTRY)
        kinds = wide_offices if wide else (OfficeKind.CASE_DESK,) if staff else ()
        offices = [self.office(authority, office) for office in kinds]
        role = Role.CASE_OFFICER if staff else Role.PROSECUTOR
        membership = self.membership(authority, f"actor{number}", role, *offices)
        partner, desks = authority.partner.group_id, tuple(office.group_id for office in offices)
        through = (partner, authority.group_id, *desks) if wide else desks if staff else (partner,)
        if sight.number:
            through = (membership.group_id,)
        return Person(
            sight=sight,
            account_id=membership.account_id,
            membership_id=membership.pk,
            through=through,
            principals=(membership.group_id, authority.group_id, partner, *desks),
        )

    def people(self) -> list[Person]:
        """All seven."""
        return [self.person(number, sight) for number, sight in enumerate(SIGHTS)]
