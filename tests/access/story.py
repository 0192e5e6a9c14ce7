"""Words for the tests of access: who opens, shares, ends, and sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Root, Share
from foundation.tenancy.models import Membership
from tests.bed.sides import as_owner
from tests.people import House, Person
from tests.reference.stage import Clock


@dataclass
class Story:
    """Ann opens; Abe keeps the registry of her authority; Ada is of another authority; Bob and Bea of another partner."""

    house: House
    ann: Person
    abe: Person
    ada: Person
    bob: Person
    bea: Person

    def open(self, by: Person | None = None) -> UUID:
        with (by or self.ann).acting() as actor:
            return access.open_root(by=actor, kind="sample", reference=f"S-{uuid4().hex[:8]}", title="Sample")

    def share(
        self,
        root: UUID,
        person: Person,
        level: Level = Level.VIEW,
        *,
        by: Person | None = None,
        hours: int | None = None,
        principal: int | None = None,
    ) -> UUID:
        until = None if hours is None else self.house.now + timedelta(hours=hours)
        with (by or self.ann).acting() as actor:
            return access.grant(
                by=actor,
                root_id=root,
                principal=principal or person.membership.group_id,
                level=level,
                reason=Reason.SHARE,
                until=until,
            )

    def share_of(self, root: UUID, person: Person) -> UUID:
        """The key of the share that the person itself has on the root."""
        with as_owner():
            return Share.objects.live().get(root_id=root, principal_id=person.membership.group_id).pk

    def revoke(self, share: UUID, *, by: Person) -> None:
        with by.acting() as actor:
            access.revoke(by=actor, share_id=share)

    def sees(self, person: Person, root: UUID) -> bool:
        with person.acting() as actor:
            return Root.objects.visible_to(actor).filter(pk=root).exists()

    def level(self, person: Person, root: UUID) -> Level | None:
        with person.acting() as actor:
            return access.level(actor, root)

    def hours_pass(self, hours: int) -> None:
        Clock(self.house.now).pass_by(hours)

    def leaves(self, person: Person, **ends: Any) -> None:
        """The person's membership ends now."""
        with as_owner():
            Membership.objects.filter(pk=person.membership.pk).update(ends_at=self.house.now, **ends)
