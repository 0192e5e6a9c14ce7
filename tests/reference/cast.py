"""The small house of the state machine: built once in the database, told to the reference in the same breath."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from foundation.tenancy.choices import OfficeKind, Role
from foundation.tenancy.models import Account, Authority, Membership, Office, OfficeHolder
from tests.people import House
from tests.reference import sight
from tests.reference.stage import Clock

# name -> partner, authority, offices held from the beginning
PEOPLE: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "Ann": ("AA", "North", ()),
    "Abe": ("AA", "North", (OfficeKind.CASE_REGISTRY,)),
    "Ada": ("AA", "South", (OfficeKind.COORDINATOR,)),
    "Bob": ("BB", "East", ()),
    "Bea": ("BB", "East", (OfficeKind.CASE_REGISTRY, OfficeKind.COORDINATOR)),
}


@dataclass
class Member:
    """One membership in both worlds."""

    name: str
    account: UUID
    pk: UUID
    known: sight.Membership


@dataclass
class Held:
    """One holder of an office in both worlds."""

    pk: UUID
    known: sight.Holder


@dataclass
class Cast:
    """Everybody, in both worlds. Whoever writes into tenancy does it here, as pages of the partners' administration do."""

    world: sight.World
    clock: Clock
    members: list[Member] = field(default_factory=list)
    offices: dict[int, UUID] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    partners: dict[int, UUID] = field(default_factory=dict)

    @classmethod
    def found(cls, world: sight.World, clock: Clock) -> Cast:
        """The first people, confirmed by nobody because nobody was there."""
        cast = cls(world, clock)
        house = House(now=clock.base)
        for name, (code, authority, offices) in PEOPLE.items():
            person = house.person(name, code, authority=authority, offices=offices)
            cast._know(name, person.membership, confirmed=True)
        twice = house.member(Account.objects.get(full_name="Ann"), "BB", authority="East")
        cast._know("Ann at BB", twice.membership, confirmed=True)
        for row in OfficeHolder.objects.select_related("office", "membership"):
            cast._know_holder(row, confirmed=True)
        return cast

    def _know(self, name: str, row: Membership, *, confirmed: bool, proposer: sight.Key = None) -> Member:
        authority = Authority.objects.select_related("partner").get(pk=row.authority_id)
        own, place, partner = row.group_id, authority.group_id, authority.partner.group_id
        known = sight.Membership(
            row.account_id, self._hour(row.starts_at), proposer, confirmed, own=own, authority=place, partner=partner
        )
        self.members.append(Member(name, row.account_id, row.pk, known))
        self.world.partner_of |= {own: partner, place: partner}
        self.partners[partner] = authority.partner.pk
        self._know_offices()
        return self.members[-1]

    def _know_offices(self) -> None:
        fresh = Office.objects.exclude(group_id__in=self.offices).filter(partner__group_id__in=self.partners)
        for office in fresh.select_related("partner", "authority"):
            place = office.authority.group_id if office.authority else None
            self.world.offices.append(sight.Office(office.group_id, office.kind, office.partner.group_id, place))
            self.world.partner_of[office.group_id] = office.partner.group_id
            self.offices[office.group_id] = office.pk

    def _know_holder(self, row: OfficeHolder, *, confirmed: bool, proposer: sight.Key = None) -> None:
        member = next(m for m in self.members if m.pk == row.membership_id)
        office = next(o for o in self.world.offices if self.offices[o.principal] == row.office_id)
        starts = self._hour(row.starts_at)
        known = sight.Holder(member.account, starts, proposer, confirmed, office=office, membership=member.known)
        self.world.holders.append(known)
        self.held.append(Held(row.pk, known))

    def _hour(self, at: datetime) -> int:
        return round((at - self.clock.base) / timedelta(hours=1)) + self.clock.now

    def _proposed(self, proposer: Member, starts: int) -> dict[str, Any]:
        return {
            "starts_at": self.clock.instant(starts),
            "proposed_at": self.clock.base,
            "proposed_by_id": proposer.pk,
        }

    def propose_member(self, subject: Member, like: Member, *, by: Member, starts: int) -> None:
        """A further membership of that account in that authority, waiting for confirmation."""
        row = Membership.objects.create(
            account_id=subject.account,
            authority=Authority.objects.get(group_id=like.known.authority),
            role=Role.PROSECUTOR,
            **self._proposed(by, starts),
        )
        self._know(f"{subject.name} again", row, confirmed=False, proposer=by.account)

    def propose_holder(self, subject: Member, office: sight.Office, *, by: Member, starts: int) -> None:
        """That membership shall hold that office."""
        row = OfficeHolder.objects.create(
            office_id=self.offices[office.principal], membership_id=subject.pk, **self._proposed(by, starts)
        )
        self._know_holder(row, confirmed=False, proposer=by.account)

    def appointments(self) -> list[tuple[Member | Held, Any]]:
        """Everything that can be confirmed and ended, with the queryset of its one row."""
        members = [(member, Membership.objects.filter(pk=member.pk)) for member in self.members]
        return [*members, *((holder, OfficeHolder.objects.filter(pk=holder.pk)) for holder in self.held)]
