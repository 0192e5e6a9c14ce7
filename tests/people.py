"""A cast of people for the tests: partners, authorities, offices and memberships, built the short way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from foundation import access
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import AuthorityKind, Capacity, OfficeKind, PartnerKind, Role
from foundation.tenancy.models import Account, Authority, Membership, Office, OfficeHolder, Partner
from tests.bed.sides import as_owner

PASSWORD = "correct horse battery staple"


@dataclass
class Person:
    """Somebody with one membership."""

    account: Account
    membership: Membership

    @contextmanager
    def acting(self) -> Iterator[Actor]:
        with access.acting_as(self.account.pk, self.membership.pk) as actor:
            yield actor


@dataclass
class House:
    """Makes what a test asks for, once."""

    now: datetime = field(default_factory=timezone.now)

    def partner(self, code: str, kind: str = PartnerKind.WESTERN_BALKAN) -> Partner:
        return Partner.objects.get_or_create(code=code, defaults={"kind": kind, "name": f"Partner {code}"})[0]

    def authority(self, code: str, name: str = "Prosecution", kind: str = AuthorityKind.PROSECUTION) -> Authority:
        authority = Authority.objects.get_or_create(partner=self.partner(code), name=name, defaults={"kind": kind})[0]
        self.office(OfficeKind.CASE_REGISTRY, code, authority)
        return authority

    def office(self, kind: str, code: str, authority: Authority | None = None) -> Office:
        return Office.objects.get_or_create(partner=self.partner(code), authority=authority, kind=kind)[0]

    def person(
        self,
        name: str,
        code: str,
        role: str = Role.PROSECUTOR,
        *,
        authority: str = "Prosecution",
        offices: tuple[str, ...] = (),
    ) -> Person:
        """A person at work since yesterday; ``offices`` are of the partner, the case registry of the authority."""
        account = Account.objects.create_account(
            email=f"{name.lower()}.{code.lower()}@example.org", full_name=name, password=PASSWORD
        )
        return self.member(account, code, role, authority=authority, offices=offices)

    def staff(self, name: str, code: str, role: str = Role.PROGRAMME_MANAGER) -> Person:
        """Somebody of the programme team, whose account may open the console."""
        self.authority(code, "Programme team", AuthorityKind.PROGRAMME)
        person = self.person(name, code, role, authority="Programme team")
        person.account.is_staff = True
        person.account.save(update_fields=["is_staff"])
        return person

    def system(self, name: str, code: str, role: str = Role.REGISTRAR, *, offices: tuple[str, ...] = ()) -> Person:
        """A partner system at work since yesterday."""
        account = Account.objects.create_system(full_name=name, time_zone="Europe/Brussels")
        return self.member(account, code, role, offices=offices)

    def member(
        self,
        account: Account,
        code: str,
        role: str = Role.PROSECUTOR,
        *,
        authority: str = "Prosecution",
        offices: tuple[str, ...] = (),
    ) -> Person:
        """A membership more for an account."""
        place = self.authority(code, authority)
        since = self.now - timedelta(days=1)
        founding = {"starts_at": since, "proposed_at": since, "confirmed_at": since, "founding": True}
        chosen = [self.office(k, code, place if k == OfficeKind.CASE_REGISTRY else None) for k in offices]
        # They were there before the story begins; as the run-time role a second person would have to confirm each.
        with as_owner():
            membership = Membership.objects.create(account=account, authority=place, role=role, **founding)
            for office in chosen:
                capacity = Capacity.MEMBER if office.kind == OfficeKind.CONTACT_GROUP_SEAT else Capacity.HOLDER
                OfficeHolder.objects.create(office=office, membership=membership, capacity=capacity, **founding)
        return Person(account, membership)
