"""Random acts on the database and on the reference; after each of them both must agree for everyone."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from foundation import access
from foundation.tenancy.models import Account
from tests.bed.sides import as_owner
from tests.reference import appointments, sight, stage
from tests.reference.ground import Ground

HOURS = st.sampled_from([None, -1, 0, 1, 2, 5])
FORWARD = st.sampled_from([1, 2, 5])
LEVELS = st.sampled_from([1, 2, 3])


class Comparison(Ground, RuleBasedStateMachine):
    """The acts: each draws who does what, asks the reference how it must end, and tells it what was done."""

    @initialize(data=st.data())
    def first(self, data: st.DataObject) -> None:
        for _turn in range(2):
            self.open(data)

    @precondition(lambda self: len(self.roots) < 6)
    @rule(data=st.data())
    def open(self, data: st.DataObject) -> None:
        self._open(self.someone(data))

    @rule(data=st.data(), level=LEVELS, hours=HOURS)
    def grant(self, data: st.DataObject, level: int, hours: int | None) -> None:
        root = data.draw(st.sampled_from(self.roots or [uuid4()]))
        member, principal = self.someone(data, root=root, least=sight.MANAGE), self.principal(data)
        until = None if hours is None else self.clock.now + hours
        self._grant(member, root, principal, level, until)

    @rule(data=st.data(), hours=HOURS)
    def hand_over(self, data: st.DataObject, hours: int | None) -> None:
        """Give management away and leave."""
        mine = [(key, s) for key, s in self.shares.items() if s.level == sight.MANAGE and not s.revoked]
        key, share = data.draw(st.sampled_from(mine)) if mine else (None, None)
        holders = [m for m in self.cast.members if share and share.principal in self.world.principals(m.known)]
        if key is None or share is None or not holders:
            return
        member = data.draw(st.sampled_from(holders))
        until = None if hours is None else self.clock.now + hours
        self._grant(member, share.root, self.principal(data), sight.MANAGE, until)
        self._revoke(member, key)

    @precondition(lambda self: self.shares)
    @rule(data=st.data())
    def revoke(self, data: st.DataObject) -> None:
        key = self.share(data)
        least = data.draw(st.sampled_from([sight.VIEW, sight.MANAGE]))
        self._revoke(self.someone(data, root=self.shares[key].root, least=least), key)

    @precondition(lambda self: self.shares)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        """Somebody whom a share reaches, but who need not be named by it."""
        key = self.share(data)
        share = self.shares[key]
        crowd = [m for m in self.cast.members if share.principal in self.world.principals(m.known)]
        self._revoke(data.draw(st.sampled_from(crowd or self.cast.members)), key)

    @rule(data=st.data(), level=LEVELS, hours=HOURS)
    def offer(self, data: st.DataObject, level: int, hours: int | None) -> None:
        """Any root may serve as invitation, once."""
        taken = {offer.invitation for offer in self.offers.values()}
        free = [root for root in self.roots if root not in taken]
        if free:
            root, invitation = data.draw(st.sampled_from(self.roots)), data.draw(st.sampled_from(free))
            member, partner = self.someone(data, root=root, least=sight.MANAGE), self.partner(data)
            self._offer(member, root, level=level, invitation=invitation, partner=partner, hours=hours)

    @precondition(lambda self: len(self.roots) < 6)
    @rule(data=st.data(), level=st.sampled_from([1, 2]), hours=HOURS)
    def invite(self, data: st.DataObject, level: int, hours: int | None) -> None:
        """As the Contact Group does: open an invitation, let somebody of the partner work on it, offer the case by it."""
        root = data.draw(st.sampled_from(self.roots or [uuid4()]))
        member, guest = self.someone(data, root=root, least=sight.MANAGE), data.draw(st.sampled_from(self.cast.members))
        if self.world.principals(member.known):
            invitation = self._open(member)
            self._grant(member, invitation, guest.known.own, sight.CONTRIBUTE, None)
            self._offer(member, root, level=level, invitation=invitation, partner=guest.known.partner, hours=hours)

    @precondition(lambda self: self.offers)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(list(self.offers)))
        offer = self.offers[key]
        member = self.someone(data, root=offer.root, least=sight.CONTRIBUTE)
        expected = self.world.withdraw(member.known, offer)
        self.attempt(member, expected, lambda a: access.withdraw_offer(by=a, offer_id=key))
        offer.answered |= expected == sight.DONE

    @precondition(lambda self: self.offers)
    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        offer = data.draw(st.sampled_from(list(self.offers.values())))
        invitation = offer.invitation
        member = self.someone(data, root=invitation, least=sight.CONTRIBUTE)
        home = [p for p, partner in self.world.partner_of.items() if partner == member.known.partner]
        chosen = data.draw(st.lists(st.sampled_from(home), max_size=2, unique=True))
        chosen += [self.principal(data)] if data.draw(st.integers(0, 4)) == 0 else []
        self._accept(member, offer, list(dict.fromkeys(chosen)))

    @rule(data=st.data())
    def write_detail(self, data: st.DataObject) -> None:
        root = data.draw(st.sampled_from(self.roots or [uuid4()]))
        member = self.someone(data, root=root)
        self._write_detail(member, root, self.audience(data, member))

    @rule(data=st.data())
    def write_row(self, data: st.DataObject) -> None:
        root = data.draw(st.sampled_from(self.roots or [uuid4()]))
        member = self.someone(data, root=root, least=data.draw(st.sampled_from([sight.VIEW, sight.CONTRIBUTE])))
        self._write_row(member, root, self.audience(data, member))

    @rule(data=st.data(), starts=st.sampled_from([-1, 0, 2]))
    def appoint(self, data: st.DataObject, starts: int) -> None:
        """Propose a membership or a holder of an office."""
        by, subject, like = (data.draw(st.sampled_from(self.cast.members)) for _turn in range(3))
        office = data.draw(st.one_of(st.none(), st.sampled_from(self.world.offices)))
        if office is None and len(self.cast.members) > 9:
            return
        begin = self.clock.now + starts
        outcome = sight.DONE
        try:
            with transaction.atomic(), as_owner():
                if office:
                    self.cast.propose_holder(subject, office, by=by, starts=begin)
                else:
                    self.cast.propose_member(subject, like, by=by, starts=begin)
        except Exception as error:
            outcome = stage.outcome_of(error)
        assert outcome == appointments.propose(by.known, subject.account)
        self.changed = True

    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        waiting = [(a, q) for a, q in self.cast.appointments() if not a.known.confirmed]
        if not waiting:
            return
        (appointment, queryset), by = data.draw(st.sampled_from(waiting)), data.draw(st.sampled_from(self.cast.members))
        expected = appointments.confirm(by.known, appointment.known)
        self._update(queryset, expected, confirmed_at=self.clock.base, confirmed_by_id=by.pk)
        appointment.known.confirmed |= expected == sight.DONE

    @rule(data=st.data(), hours=st.sampled_from([0, 0, 1, 5]))
    def end(self, data: st.DataObject, hours: int) -> None:
        """End a membership or an office, now or later."""
        appointment, queryset = data.draw(st.sampled_from(self.cast.appointments()))
        at = max(self.clock.now + hours, appointment.known.starts)
        expected = appointments.end(appointment.known, at, self.clock.now)
        self._update(queryset, expected, ends_at=self.clock.instant(at))
        if expected == sight.DONE:
            appointment.known.ends = at

    @rule(data=st.data())
    def close_or_open_account(self, data: st.DataObject) -> None:
        crowd = [m for m in self.cast.members if m.account in self.world.inactive] or self.cast.members
        account = data.draw(st.sampled_from(crowd)).account
        self.world.inactive ^= {account}
        Account.objects.filter(pk=account).update(is_active=account not in self.world.inactive)
        self.changed = True

    @rule(hours=FORWARD)
    def time_passes(self, hours: int) -> None:
        self.clock.pass_by(hours)
        self.world.now = self.clock.now
        self.changed = True
