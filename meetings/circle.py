"""Who is called to a Contact Group meeting."""

from __future__ import annotations

from collections.abc import Iterator

from foundation.access import Level
from foundation.tenancy.choices import AuthorityKind, OfficeKind, PartnerKind
from foundation.tenancy.models import Authority, Office


def seats() -> list[int]:
    """The Contact Group seats of all Western Balkan partners, as principals."""
    held = Office.objects.filter(kind=OfficeKind.CONTACT_GROUP_SEAT, partner__kind=PartnerKind.WESTERN_BALKAN)
    return list(held.order_by("partner__position").values_list("group_id", flat=True))


def desks() -> list[int]:
    """Eurojust's case desk, as principals."""
    desk = Office.objects.filter(kind=OfficeKind.CASE_DESK, partner__kind=PartnerKind.EUROJUST)
    return list(desk.values_list("group_id", flat=True))


def teams() -> list[int]:
    """Eurojust's programme team, as principals."""
    team = Authority.objects.filter(kind=AuthorityKind.PROGRAMME, partner__kind=PartnerKind.EUROJUST)
    return list(team.values_list("group_id", flat=True))


def called() -> Iterator[tuple[int, Level]]:
    """Every principal that is called, with its level: whoever sits at the desk can run what a colleague called."""
    for principal in seats():
        yield principal, Level.VIEW
    for principal in desks():
        yield principal, Level.MANAGE
    for principal in teams():
        yield principal, Level.VIEW
