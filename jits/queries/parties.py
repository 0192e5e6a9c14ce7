"""The parties of a team."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.tenancy.actors import Actor
from jits.models import Jit, JitParty


def own_party(jit: Jit, *, by: Actor) -> JitParty | None:
    """The actor's own party; one statement."""
    return JitParty.objects.visible_to(by).of(jit.pk).select_related("partner").filter(partner=by.partner_id).first()


def agreed(parties: Iterable[JitParty]) -> int:
    """How many of them agreed in principle."""
    return sum(1 for party in parties if party.agreed_at is not None)
