"""What a team is asked for with, as plain data, and whom it can be asked of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from cases.queries.participants import live_shares
from foundation.access import Level
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Authority
from foundation.tenancy.names import PrincipalName, principal_names
from jits.choices import PARTY_KINDS
from jits.refusals import UnableToPropose
from jits.solver.facts import TEAM

FIELDS = ("trigger", "purpose", "facts", "composition", "months")


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the parties read: title and ground, the particulars, and who should be in the team for how long."""

    title: str
    trigger: str
    purpose: str
    facts: str
    composition: str
    months: int

    def values(self) -> dict[str, object]:
        """What stands on the team itself."""
        return {name: getattr(self, name) for name in FIELDS}


def candidates(case_id: UUID, *, by: Actor) -> list[Authority]:
    """The authorities that work on the case and can be parties, in the partners' order; three statements."""
    groups = {name.authority_group for name in _workers(case_id, by=by).values() if name.authority_group}
    found = Authority.objects.filter(group_id__in=groups, partner__kind__in=PARTY_KINDS, closed_at__isnull=True)
    return list(found.select_related("partner").order_by("partner__position", "partner__name", "name"))


def principals_of(authorities: Iterable[Authority], case_id: UUID, *, by: Actor) -> dict[int, list[int]]:
    """Group of each authority -> its people and offices that work on the case, to whom the team will be opened."""
    found: dict[int, list[int]] = {authority.group_id: [] for authority in authorities}
    for group, name in _workers(case_id, by=by).items():
        if name.authority_group in found:
            found[name.authority_group].append(group)
    return found


def _workers(case_id: UUID, *, by: Actor) -> dict[int, PrincipalName]:
    """The principals that contribute to the case at least, without an end."""
    shares = [share for share in live_shares(by, case_id) if share.level >= Level.CONTRIBUTE and share.until is None]
    return principal_names(share.principal_id for share in shares)


def check_parties(chosen: Sequence[Authority], offered: Collection[Authority], *, by: Actor) -> None:
    """Raise UnableToPropose unless these are authorities that work on the case: one of each partner, the own too, two at least."""
    if not {authority.pk for authority in chosen} <= {authority.pk for authority in offered}:
        raise UnableToPropose(
            _("Only authorities that work on the case can be parties. Invite the partner to the case first.")
        )
    partners = [authority.partner_id for authority in chosen]
    if len(set(partners)) < len(partners):
        raise UnableToPropose(_("Each partner takes part through one authority."))
    if by.authority_id not in {authority.pk for authority in chosen}:
        raise UnableToPropose(_("Your own authority must be one of those that work on the case."))
    if len(partners) < TEAM:
        raise UnableToPropose(_("A team has two parties at least. Choose another partner."))
