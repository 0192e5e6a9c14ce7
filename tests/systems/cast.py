"""A partner with an administrator and a system, for the tests of tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from foundation.systems import actions, tokens
from foundation.systems.actions import Granted
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Membership
from tests.bed.sides import as_owner
from tests.people import House, Person

OFFICE = "192.0.2.7"
DAYS = timedelta(days=1)
READS = (Scope.CASES_READ, Scope.PARTNERS_READ)


@dataclass
class SystemsWorld:
    """Ann administers P, whose register is a system; Olga administers Q."""

    house: House = field(default_factory=House)
    ann: Person = field(init=False)
    olga: Person = field(init=False)
    register: Person = field(init=False)

    def __post_init__(self) -> None:
        self.ann = self.house.person("Ann", "P", Role.PARTNER_ADMINISTRATOR)
        self.olga = self.house.person("Olga", "Q", Role.PARTNER_ADMINISTRATOR)
        self.register = self.house.system("Register of P", "P")

    @property
    def now(self) -> datetime:
        return self.house.now

    def grant(self, by: Person | None = None, *, days: int = 30, scopes=READS, networks=(), at=None) -> Granted:
        at = at or self.now
        with (by or self.ann).acting() as actor:
            return actions.grant(
                by=actor,
                at=at,
                membership_id=self.register.membership.pk,
                scopes=scopes,
                expires_at=at + days * DAYS,
                networks=networks,
            )

    def rotate(
        self, granted: Granted, by: Person | None = None, *, days: int = 30, overlap: int = 1, at=None
    ) -> Granted:
        at = at or self.now
        with (by or self.ann).acting() as actor:
            return actions.rotate(
                by=actor, at=at, token_id=granted.token.pk, expires_at=at + days * DAYS, overlap=overlap * DAYS
            )

    def revoke(self, granted: Granted, by: Person | None = None) -> None:
        with (by or self.ann).acting() as actor:
            actions.revoke(by=actor, at=self.now, token_id=granted.token.pk)

    def opens(self, granted: Granted, *, address: str = OFFICE, at: datetime | None = None) -> bool:
        """Does the token open anything?"""
        try:
            tokens.bearer(granted.secret, address=address, at=at or self.now)
        except tokens.Refused:
            return False
        return True

    def end(self, membership: Membership) -> None:
        """Let a membership be over, a moment ago."""
        with as_owner():
            Membership.objects.filter(pk=membership.pk).update(ends_at=self.now - timedelta(minutes=1))
