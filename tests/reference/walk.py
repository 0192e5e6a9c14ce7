"""One walk through every rule, always the same: what the random search may need many examples for."""

from __future__ import annotations

from tests.reference.cast import Held, Member
from tests.reference.ground import Ground
from tests.reference.sight import CONTRIBUTE, MANAGE, VIEW


class Walk(Ground):
    """Each step compares both worlds for everyone, as the random machine does."""

    def __init__(self) -> None:
        super().__init__()
        self.ann, self.abe, self.ada, self.bob, self.bea, self.twice = self.cast.members

    def step(self) -> None:
        self.changed = True
        self.everybody_gets_what_the_reference_says()

    def run(self) -> None:
        """Every chapter in order; raises AssertionError where the worlds part."""
        for chapter in (
            self.share_it,
            self.write,
            self.manage_for_a_time,
            self.leave,
            self.invite,
            self.age,
            self.part,
        ):
            chapter()
            self.step()

    def share_it(self) -> None:
        self.root, self.other = self._open(self.ann), self._open(self.bob)
        now = self.clock.now
        self._grant(self.ann, self.root, self.ada.known.own, VIEW, None)
        self._grant(self.ann, self.root, self.bob.known.own, CONTRIBUTE, now + 2)
        self._grant(self.ann, self.root, self.bob.known.partner, VIEW, now + 4)
        self._grant(self.ann, self.root, self.bob.known.own, VIEW, now)
        self._grant(self.ada, self.root, self.bob.known.own, VIEW, None)
        self._grant(self.ann, self.other, self.ann.known.own, VIEW, None)

    def write(self) -> None:
        for audience in (
            None,
            self.ann.known.own,
            self.ann.known.authority,
            self.ann.known.partner,
            self.bob.known.partner,
        ):
            for member in (self.ann, self.ada, self.bob, self.bea):
                self._write_detail(member, self.root, audience)
                self._write_row(member, self.root, audience)

    def manage_for_a_time(self) -> None:
        until = self.clock.now + 3
        self._grant(self.ann, self.root, self.bob.known.own, MANAGE, until)
        for end in (until, until + 1, None):
            self._grant(self.bob, self.root, self.bea.known.own, CONTRIBUTE, end)
        partner = self.bea.known.partner
        self._offer(self.bob, self.root, level=VIEW, invitation=self.other, partner=partner, hours=None)

    def leave(self) -> None:
        by_principal = {share.principal: key for key, share in self.shares.items() if share.root == self.root}
        registry = next(
            o for o in self.world.offices if o.kind == "case_registry" and o.authority == self.abe.known.authority
        )
        self._revoke(self.ada, by_principal[self.ann.known.own])
        self._revoke(self.ada, by_principal[self.ada.known.own])
        self.step()
        self._revoke(self.ann, by_principal[self.ann.known.own])
        self._revoke(self.ann, by_principal[self.ann.known.own])
        self._revoke(self.abe, by_principal[registry.principal])
        self._grant(self.abe, self.root, self.ann.known.own, MANAGE, None)
        self._grant(self.ann, self.root, self.ann.known.authority, VIEW, None)
        authority = next(k for k, s in self.shares.items() if s.principal == self.ann.known.authority)
        self._revoke(self.abe, authority)

    def invite(self) -> None:
        invitation = self._open(self.ann)
        self._grant(self.ann, invitation, self.bea.known.own, CONTRIBUTE, None)
        partner, case = self.bea.known.partner, self._open(self.ann)
        self._offer(self.ann, case, level=MANAGE, invitation=invitation, partner=partner, hours=None)
        self._offer(self.ann, case, level=CONTRIBUTE, invitation=invitation, partner=partner, hours=1)
        (offer,) = self.offers.values()
        self._accept(self.bob, offer, [self.bob.known.own])
        self._accept(self.ann, offer, [self.ann.known.own])
        self._accept(self.bea, offer, [self.ann.known.own])
        self._accept(self.bea, offer, [self.bob.known.own, self.bea.known.authority])
        self._accept(self.bea, offer, [self.bob.known.own])

    def age(self) -> None:
        for _hour in range(5):
            self.clock.pass_by(1)
            self.world.now = self.clock.now
            self.step()

    def part(self) -> None:
        """The registry passes on, then people go."""
        keeper = next(held for held in self.cast.held if held.known.membership is self.abe.known)
        self._end(keeper)
        self.step()
        self._end(self.ann)

    def _end(self, appointment: Member | Held) -> None:
        queryset = next(q for a, q in self.cast.appointments() if a is appointment)
        self._update(queryset, "done", ends_at=self.clock.instant(self.clock.now))
        appointment.known.ends = self.clock.now
