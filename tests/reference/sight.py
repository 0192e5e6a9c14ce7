"""Who sees and may write what: the whole rule in plain Python, without Django and without a database.

Principals, memberships and roots are opaque keys; instants are whole hours. The state machine beside this file holds
that both walls and the ledger agree with it after every act; SECURITY.md links its claims to the rules here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

VIEW, CONTRIBUTE, MANAGE = 1, 2, 3
DONE, NOBODY, FORBIDDEN, NOT_THERE, CONFLICT = "done", "not in office", "forbidden", "not there", "conflict"
Key = Any  # opaque: no rule looks into one


@dataclass
class Appointment:
    """A period that counts from its confirmation on, until its end. ``account`` is the person appointed."""

    account: Key
    starts: int
    proposer: Key = None
    confirmed: bool = False
    ends: int | None = None

    def live(self, now: int) -> bool:
        return self.confirmed and self.starts <= now and (self.ends is None or self.ends > now)


@dataclass
class Membership(Appointment):
    own: Key = None  # principals: the membership's own, its authority's and its partner's
    authority: Key = None
    partner: Key = None


@dataclass(frozen=True)
class Office:
    principal: Key
    kind: str
    partner: Key
    authority: Key = None


@dataclass(kw_only=True)
class Holder(Appointment):
    office: Office
    membership: Membership


@dataclass
class Share:
    root: Key
    principal: Key
    level: int
    until: int | None = None
    revoked: bool = False


@dataclass(kw_only=True)
class Offer(Share):  # its principal is the partner to whom it was made
    invitation: Key
    answered: bool = False


@dataclass
class World:
    now: int = 0
    offices: list[Office] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    inactive: set[Key] = field(default_factory=set)  # accounts
    partner_of: dict[Key, Key] = field(default_factory=dict)  # memberships, authorities and offices, by principal

    def ahead(self, end: int | None) -> bool:
        return end is None or end > self.now

    def held(self, member: Membership) -> list[Office]:
        return [h.office for h in self.holders if h.membership is member and h.live(self.now)]

    def principals(self, member: Membership) -> set[Key]:
        """Through whom this membership sees; through nobody when it is over or the account is closed."""
        if not member.live(self.now) or member.account in self.inactive:
            return set()
        return {member.own, member.authority, member.partner, *(office.principal for office in self.held(member))}

    def reaching(self, member: Membership, root: Key) -> list[Share]:
        there = [s for s in self.shares if s.root == root and s.principal in self.principals(member)]
        return [s for s in there if not s.revoked and self.ahead(s.until)]

    def level(self, member: Membership, root: Key) -> int:
        return max((share.level for share in self.reaching(member, root)), default=0)

    def reads(self, member: Membership, root: Key, audience: Key = None) -> bool:
        return self.level(member, root) >= VIEW and (audience is None or audience in self.principals(member))

    def writes(self, member: Membership, root: Key, audience: Key = None) -> bool:
        return self.reads(member, root, audience) and self.level(member, root) >= CONTRIBUTE

    def demand(self, member: Membership, root: Key, level: int) -> str:
        if not self.principals(member):
            return NOBODY
        reached = self.level(member, root)
        return NOT_THERE if reached < VIEW else FORBIDDEN if reached < level else DONE

    def opening(self, member: Membership) -> list[Key]:
        """Who manages a new root: the creator and the case registry of the creator's authority."""
        keepers = [o.principal for o in self.offices if (o.kind, o.authority) == ("case_registry", member.authority)]
        return [member.own, *keepers]

    def outlasts(self, member: Membership, root: Key, until: int | None) -> bool:
        """A manager for a time gives nothing that outlasts that time."""
        ends = [share.until for share in self.reaching(member, root) if share.level == MANAGE]
        return None not in ends and (until is None or all(end is not None and end < until for end in ends))

    def grant(self, member: Membership, root: Key, until: int | None) -> str:
        outcome = self.demand(member, root, MANAGE)
        if outcome == DONE and self.outlasts(member, root, until):
            return FORBIDDEN
        return CONFLICT if outcome == DONE and not self.ahead(until) else outcome

    def may_leave_for(self, member: Membership) -> set[Key]:
        kept = {"case_registry": "authority", "coordinator": "partner"}  # what its holder may take out
        also = {getattr(office, kept[office.kind]) for office in self.held(member) if office.kind in kept}
        return {member.own, *(office.principal for office in self.held(member))} | also

    def revoke(self, member: Membership, share: Share) -> str:
        outcome = self.demand(member, share.root, VIEW)
        own = share.principal in self.may_leave_for(member)
        if outcome == DONE and not own and self.level(member, share.root) < MANAGE:
            return FORBIDDEN
        lasting = [s for s in self.shares if (s.root, s.level, s.until, s.revoked) == (share.root, MANAGE, None, False)]
        return CONFLICT if outcome == DONE and (share.revoked or lasting == [share]) else outcome

    def offer(self, member: Membership, root: Key, level: int) -> str:
        outcome = self.demand(member, root, MANAGE)  # what is accepted has no end
        return FORBIDDEN if outcome == DONE and (level > CONTRIBUTE or self.outlasts(member, root, None)) else outcome

    def withdraw(self, member: Membership, offer: Offer) -> str:
        outcome = self.demand(member, offer.root, CONTRIBUTE)
        return CONFLICT if outcome == DONE and offer.answered else outcome

    def accept(self, member: Membership, offer: Offer, principals: Collection[Key]) -> str:
        outcome = self.demand(member, offer.invitation, CONTRIBUTE)
        if outcome != DONE or offer.principal != member.partner:
            return outcome if outcome != DONE else FORBIDDEN
        gone = offer.answered or not self.ahead(offer.until) or not principals
        foreign = any(self.partner_of.get(principal) != offer.principal for principal in principals)
        return CONFLICT if gone else FORBIDDEN if foreign else DONE
