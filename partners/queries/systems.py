"""Systems of one's own partner, for its administrators."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from foundation.systems.models import SystemToken
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership
from partners.queries.people import State, state_of


@dataclass(frozen=True, kw_only=True)
class SystemRow:
    """One system: how its membership stands, how many tokens do, when the first of them ends and when one was used last."""

    membership: Membership
    state: State
    tokens: int
    expires_at: datetime | None
    used_at: datetime | None


def systems_of(actor: Actor, at: datetime) -> list[SystemRow]:
    """The systems of the actor's partner, those at work first, then by name; two statements."""
    found = Membership.objects.systems_of(actor.partner_id).with_names()
    tokens: dict[UUID, list[SystemToken]] = defaultdict(list)
    for token in SystemToken.objects.visible_to(actor):
        tokens[token.membership_id].append(token)
    rows = [
        _row(membership, tokens[membership.pk], at) for membership in found.order_by("account__full_name", "-starts_at")
    ]
    order = list(State)
    return sorted(rows, key=lambda row: order.index(row.state))


def _row(membership: Membership, tokens: list[SystemToken], at: datetime) -> SystemRow:
    standing = [token for token in tokens if token.stands(at)]
    # What was replaced already is nothing to act on.
    ends = [token.expires_at for token in standing if token.successor_id is None]
    return SystemRow(
        membership=membership,
        state=state_of(membership, at),
        tokens=len(standing),
        expires_at=min(ends, default=None),
        used_at=max((token.used_at for token in tokens if token.used_at), default=None),
    )
