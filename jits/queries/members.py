"""The annex of members as its reader sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from foundation import access
from foundation.tenancy.actors import Actor
from jits import states
from jits.models import Jit, JitMember, JitMemberIdentity, JitMemberNotice, JitParty
from jits.queries.parties import own_party


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """A member. ``identity`` is the name of a protected one, for the member's own partner alone; ``own``: of the reader's party."""

    member: JitMember
    identity: str
    own: bool


@dataclass(frozen=True, kw_only=True)
class PartyMembers:
    """A party with its members on the day that is asked about."""

    party: JitParty
    lines: Sequence[MemberLine]


@dataclass(frozen=True, kw_only=True)
class AnnexView:
    """Who is in the team on a day, party by party, and every notice."""

    on: date
    parties: Sequence[PartyMembers]
    notices: Sequence[JitMemberNotice]
    may_change: bool


def annex(jit: Jit, *, on: date, actor: Actor) -> AnnexView:
    """Five statements, whatever the number of members."""
    own = own_party(jit, by=actor)
    fit = jit.status in states.ENTER.sources and own is not None
    told = JitMemberNotice.objects.visible_to(actor).of(jit.pk).with_names()
    return AnnexView(
        on=on,
        parties=by_party(jit, on=on, actor=actor),
        notices=list(told),
        may_change=fit and access.allowed(actor, states.ENTER.permission, jit),
    )


def by_party(jit: Jit, *, on: date, actor: Actor) -> list[PartyMembers]:
    """Every party, with whoever is a member for it on that day; three statements."""
    members = list(JitMember.objects.visible_to(actor).of(jit.pk).on(on).with_names())
    known = identities(jit.pk, actor=actor)
    parties = JitParty.objects.visible_to(actor).of(jit.pk).with_names()
    return [
        PartyMembers(
            party=party,
            lines=[
                MemberLine(member=member, identity=known.get(member.pk, ""), own=party.partner_id == actor.partner_id)
                for member in members
                if member.party_id == party.pk
            ],
        )
        for party in parties
    ]


def identities(jit_id: UUID, *, actor: Actor) -> dict[UUID, str]:
    """Protected member -> name, as far as the actor's own partner wrote it; one statement."""
    rows = JitMemberIdentity.objects.visible_to(actor).of(jit_id)
    return dict(rows.values_list("member_id", "name"))
