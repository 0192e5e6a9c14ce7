"""A small world that commits, told to the reference as it goes: one system whose sight comes and goes in every way there is."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from foundation import access
from foundation.access import Level, Reason, feed
from foundation.access.feed_places import Place
from foundation.audit import record
from foundation.tenancy.choices import Capacity, OfficeKind
from foundation.tenancy.models import OfficeHolder
from tests.bed.sides import as_owner
from tests.people import House, Person
from tests.reference import sight

KIND = "probe"
_numbers = itertools.count()


def execute(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def rewritten(table: str, statement: str, *parameters: Any) -> None:
    """What only the clock does: an instant in the past that stood in the future a moment ago."""
    with transaction.atomic(), as_owner():
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        execute(statement, *parameters)
        execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@dataclass
class Stage:
    """Ann of AA manages all roots; the register and Kay are of a partner of this example's own, whose coordinator it may be."""

    limit: int
    house: House = field(default_factory=House)
    world: sight.World = field(default_factory=sight.World)
    roots: list[UUID] = field(default_factory=list)
    shares: dict[UUID, sight.Share] = field(default_factory=dict)
    holders: dict[UUID, sight.Holder] = field(default_factory=dict)
    ever: set[UUID] = field(default_factory=set)
    held: set[UUID] = field(default_factory=set)
    place: str = ""

    def __post_init__(self) -> None:
        code = f"P{next(_numbers)}"
        self.ann = self.house.person(f"Ann {code}", "AA")
        self.kay = self.house.person(f"Kay {code}", code)
        self.register = self.house.system(f"Register of {code}", code)
        membership = self.register.membership
        self.office = self.house.office(OfficeKind.COORDINATOR, code)
        self.own = membership.group_id
        self.groups = [self.own, membership.authority.group_id, membership.authority.partner.group_id]
        self.member = sight.Membership(
            self.register.account.pk,
            starts=-1,
            confirmed=True,
            own=self.own,
            authority=self.groups[1],
            partner=self.groups[2],
        )
        self.known = sight.Office(self.office.group_id, "coordinator", self.groups[2])
        self.world.offices.append(self.known)
        self.principals = [*self.groups, self.office.group_id, self.kay.membership.group_id]

    def sees(self) -> set[UUID]:
        return {root for root in self.roots if self.world.reads(self.member, root)}

    def noted(self) -> None:
        """After each act: what could be seen once is remembered."""
        self.ever |= self.sees()

    def open(self) -> None:
        with self.ann.acting() as actor:
            key = uuid4()
            access.open_root(by=actor, kind=KIND, reference=f"P-{key.hex[:12]}", title="Probe", key=key)
        self.roots.append(key)

    def share(self, root: UUID, principal: int, *, dated: bool) -> None:
        until = timezone.now() + timedelta(hours=5) if dated else None
        with self.ann.acting() as actor:
            key = access.grant(
                by=actor, root_id=root, principal=principal, level=Level.VIEW, reason=Reason.SHARE, until=until
            )
        self.shares[key] = sight.Share(root, principal, sight.VIEW, 5 if dated else None)
        self.world.shares.append(self.shares[key])

    def revoke(self, key: UUID, by: Person) -> None:
        with by.acting() as actor:
            access.revoke(by=actor, share_id=key)
        self.shares[key].revoked = True

    def expire(self, key: UUID) -> None:
        share = self.shares[key]
        rewritten("access_share", "UPDATE access_share SET until = clock_timestamp() WHERE id = %s", key)
        with as_owner():
            execute("SELECT access_project(%s, %s)", share.root, share.principal)
        share.until = 0

    def appoint(self) -> None:
        now = timezone.now()
        with as_owner():
            holder = OfficeHolder.objects.create(
                office=self.office, membership=self.register.membership, capacity=Capacity.HOLDER,
                starts_at=now, proposed_at=now, confirmed_at=now, ends_at=now + timedelta(hours=5), founding=True,
            )  # fmt: skip
        known = sight.Holder(
            self.register.account.pk, starts=0, confirmed=True, ends=5, office=self.known, membership=self.member
        )
        self.holders[holder.pk] = known
        self.world.holders.append(known)

    def end(self, key: Any, *, by_the_clock: bool) -> None:
        statement = "UPDATE tenancy_officeholder SET ends_at = clock_timestamp() WHERE id = %s"
        if by_the_clock:
            rewritten("tenancy_officeholder", statement, key)
        else:
            with as_owner():
                execute(statement, key)
        self.holders[key].ends = 0

    def change(self, root: UUID, audience: int | None) -> None:
        person = self.kay if audience == self.kay.membership.group_id else self.ann
        with person.acting() as actor:
            record.changed("sample.note.written", by=actor, root=root, audience=audience)

    def follow(self) -> dict[UUID, bool]:
        """Every page from the place on; what was told, and whether it is gone."""
        told: dict[UUID, bool] = {}
        more = True
        while more:
            with self.register.acting() as actor:
                place = Place.opened(self.place, actor.membership_id) if self.place else feed.begin(actor, kinds=[KIND])
                page = feed.changes(actor, place=place, kinds=[KIND], limit=self.limit)
                self.place, more = page.place.sealed(actor.membership_id), page.more
            told |= {one.root: one.gone for one in page.told}
        self.held |= {root for root, gone in told.items() if not gone}
        self.held -= {root for root, gone in told.items() if gone}
        return told
