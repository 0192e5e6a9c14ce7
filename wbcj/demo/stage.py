"""Where the demo's stories play: who acts, what time it is, and the rows of the directory that they name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import floor
from typing import TypeVar

from django.db.models import Model, QuerySet

from cases.models import CrimeType, Priority
from foundation import access
from foundation.access.models import Root
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import OfficeKind
from foundation.tenancy.models import Authority, Membership, Office, Partner
from partners.reference.loading import key_of

DESK = "Sofie Lindqvist"
_WORKING_DAY = timedelta(hours=9)
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Stage:
    """Relative to one moment, so that the world is always of today."""

    now: datetime

    def at(self, when: float | datetime) -> datetime:
        """That many days from now, at working hours; negative is the past. An instant is what it is."""
        if isinstance(when, datetime):
            return when
        day = floor(when)
        opening = (self.now + timedelta(days=day)).replace(hour=7, minute=abs(day) * 7 % 60, second=0, microsecond=0)
        return opening + (when - day) * _WORKING_DAY

    def morning(self, days: int) -> datetime:
        """Nine o'clock UTC on that day: an hour at which the whole region and The Hague are at work."""
        return self.at(days).replace(hour=9, minute=0)

    @contextmanager
    def acting(self, name: str, partner: str = "") -> Iterator[Actor]:
        """Act as somebody, through the first membership or through that of a partner."""
        membership = self.membership(name, partner)
        with access.acting_as(membership.account_id, membership.pk) as actor:
            yield actor

    def membership(self, name: str, partner: str = "") -> Membership:
        """The membership of one of the people."""
        found = [m for m in self._memberships if m.account.full_name == name]
        return next(m for m in found if partner in ("", m.authority.partner.code))

    @cached_property
    def _memberships(self) -> list[Membership]:
        return list(Membership.objects.select_related("account", "authority__partner").order_by("starts_at", "pk"))

    def partner(self, code: str) -> Partner:
        """A partner by its code."""
        return next(partner for partner in self._partners if partner.code == code)

    @cached_property
    def _partners(self) -> list[Partner]:
        return list(Partner.objects.all())

    def authority(self, partner: str, key: str) -> Authority:
        """An authority by its key in the reference data."""
        return Authority.objects.get(pk=key_of("authority", partner, key))

    def registry(self, name: str) -> int:
        """The case registry of somebody's authority, as a principal."""
        authority = self.membership(name).authority
        return Office.objects.get(authority=authority, kind=OfficeKind.CASE_REGISTRY).group_id

    def crimes(self, codes: tuple[str, ...]) -> list[CrimeType]:
        """Forms of serious crime by their codes."""
        return _all(CrimeType.objects.filter(code__in=codes), codes)

    def priorities(self, codes: tuple[str, ...]) -> list[Priority]:
        """Priorities of the European Union by their codes."""
        return _all(Priority.objects.filter(code__in=codes), codes)

    def has_seen(self, name: str, title: str) -> bool:
        """Does somebody see a root of that title? Then its story was told."""
        with self.acting(name) as actor:
            return Root.objects.visible_to(actor).filter(title=title).exists()


def _all(found: QuerySet[M], codes: tuple[str, ...]) -> list[M]:
    rows = list(found)
    assert len(rows) == len(codes), codes
    return rows
