from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID, uuid4

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import F, Q

from foundation.tenancy.choices import SYSTEM_ADDRESSES, AccountKind

if TYPE_CHECKING:
    from foundation.tenancy.models import Account, Authority, Membership, OfficeHolder  # noqa: F401


def in_force(at: datetime) -> Q:
    """Confirmed, begun and not ended at that moment."""
    return Q(confirmed_at__lte=at, starts_at__lte=at) & (Q(ends_at__isnull=True) | Q(ends_at__gt=at))


def unanswered(at: datetime) -> Q:
    """Proposed and, at that moment, neither confirmed nor refused, withdrawn or over.

    A refusal sets the end: to the moment of the refusal, or to the beginning where that lies later.
    """
    return Q(confirmed_at__isnull=True) & (Q(ends_at__isnull=True) | Q(ends_at__gt=at) & Q(ends_at__gt=F("starts_at")))


def standing_within(starts_at: datetime, ends_at: datetime | None) -> Q:
    """Confirmed or proposed for some moment of that period; what was refused or withdrawn does not count."""
    reaches = Q(ends_at__isnull=True) | Q(ends_at__gt=starts_at) & Q(ends_at__gt=F("starts_at"))
    return reaches if ends_at is None else reaches & Q(starts_at__lt=ends_at)


class AccountManager(BaseUserManager["Account"]):
    def create_account(self, *, email: str, full_name: str, password: str | None = None, **fields: Any) -> Account:
        """A new account; without a password it can only be entered after a password reset."""
        account = self.model(email=self.normalize_email(email).lower(), full_name=full_name, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_system(self, *, full_name: str, time_zone: str) -> Account:
        """A new account of a partner system: no way to sign in, and an address that leads nowhere."""
        key = uuid4()
        account = self.model(
            id=key, kind=AccountKind.SYSTEM, email=f"{key}{SYSTEM_ADDRESSES}", full_name=full_name, time_zone=time_zone
        )
        account.set_unusable_password()
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class AuthorityQuerySet(models.QuerySet["Authority"]):
    def standing(self, at: datetime) -> Self:
        """Not closed at that moment; the end may be set, the beginning may lie ahead."""
        return self.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=at))

    def taking(self) -> Self:
        """Those that take somebody or something new: no end is set."""
        return self.filter(closed_at__isnull=True)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self, at: datetime) -> Self:
        return self.filter(in_force(at))

    def waiting(self, at: datetime) -> Self:
        return self.filter(unanswered(at))

    def overlapping(self, starts_at: datetime, ends_at: datetime | None) -> Self:
        return self.filter(standing_within(starts_at, ends_at))

    def systems_of(self, partner_id: UUID) -> Self:
        return self.filter(account__kind=AccountKind.SYSTEM, authority__partner_id=partner_id)

    def people(self) -> Self:
        return self.filter(account__kind=AccountKind.PERSON)

    def with_names(self) -> Self:
        return self.select_related("account", "authority__partner")


class OfficeHolderQuerySet(models.QuerySet["OfficeHolder"]):
    def live(self, at: datetime) -> Self:
        return self.filter(in_force(at))

    def waiting(self, at: datetime) -> Self:
        return self.filter(unanswered(at))

    def overlapping(self, starts_at: datetime, ends_at: datetime | None) -> Self:
        return self.filter(standing_within(starts_at, ends_at))
