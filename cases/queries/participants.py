"""Who takes part in a case: read from the live shares, stored nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from foundation.access import Level, Reason
from foundation.access.models import Share
from foundation.tenancy.actors import Actor
from foundation.tenancy.names import PrincipalName, principal_names


@dataclass(frozen=True, kw_only=True)
class Participant:
    """One principal with its highest level, the reasons for it, and the period of its sight."""

    principal: PrincipalName
    level: Level
    reasons: tuple[str, ...]
    since: datetime
    until: datetime | None


def live_shares(actor: Actor, root_id: UUID) -> list[Share]:
    """The live shares of a root that the actor sees, the highest and oldest first."""
    return list(Share.objects.visible_to(actor).live().filter(root_id=root_id).order_by("-level", "granted_at", "id"))


def participants(shares: Iterable[Share], names: Mapping[int, PrincipalName]) -> tuple[Participant, ...]:
    """One line for each principal: its shares stand beside one another and do not overwrite one another."""
    by_principal: dict[int, list[Share]] = {}
    for share in shares:
        by_principal.setdefault(share.principal_id, []).append(share)
    return tuple(_participant(names[group], held) for group, held in by_principal.items() if group in names)


def _participant(principal: PrincipalName, held: list[Share]) -> Participant:
    ends = [share.until for share in held]
    return Participant(
        principal=principal,
        level=Level(max(share.level for share in held)),
        reasons=tuple(dict.fromkeys(str(Reason(share.reason).label) for share in held)),
        since=min(share.granted_at for share in held),
        until=None if None in ends else max(end for end in ends if end is not None),
    )


def assignable(root_id: UUID, actor: Actor) -> list[PrincipalName]:
    """Whom a task on this case can be given to: principals that may contribute, and the authorities and partners they belong to.

    Whoever of such an authority or partner sees the case finds the task; nobody gains sight by it.
    """
    shares = [share for share in live_shares(actor, root_id) if share.level >= Level.CONTRIBUTE]
    direct = principal_names(share.principal_id for share in shares)
    wider = {group for name in direct.values() for group in (name.authority_group, name.partner_group) if group}
    found = direct | principal_names(wider - direct.keys())
    return sorted(found.values(), key=lambda name: (name.partner, name.kind != "partner", name.authority, name.name))
