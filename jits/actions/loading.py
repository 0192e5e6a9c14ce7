"""How an action gets hold of a team and of the actor's own party in it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from foundation import access
from foundation.tenancy.actors import Actor
from foundation.workflow.states import Transition
from jits import states
from jits.choices import OVER
from jits.models import Jit, JitParty
from jits.permissions import JitPermission
from jits.queries.parties import own_party

MOVED: Final = ("status", "version")


def jit_for(transition: Transition[JitPermission], jit: Jit, *, version: int, by: Actor) -> tuple[Jit, JitParty]:
    """The team, locked, and the actor's own party, for an act of the table that is possible now and this party's to do.

    Raises Jit.DoesNotExist, Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    found = Jit.objects.visible_to(by).get(pk=jit.pk)
    access.require(by, transition.permission, found)
    jit = access.locked(found, version=version)
    transition.check(jit.status)
    party = own_party(jit, by=by)
    states.demand_turn(transition, jit, party)
    assert party is not None
    return jit, party


def move(jit: Jit, target: str, *, by: Actor, at: datetime, also: tuple[str, ...] = ()) -> Jit:
    """Write the new state with what goes with it, and move the team up in lists."""
    jit.status, jit.version = target or jit.status, jit.version + 1
    if jit.status in OVER:
        jit.ended_at, jit.ended_by_id = at, by.membership_id
        also = (*also, "ended_at", "ended_by")
    jit.save(update_fields=[*MOVED, *also])
    access.touch(by=by, root_id=jit.pk)
    return jit
