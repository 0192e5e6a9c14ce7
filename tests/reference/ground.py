"""What the state machine stands on: both worlds side by side, acts that must end alike, and the comparison."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import invariant

from foundation import access
from foundation.access.levels import Level, Reason
from foundation.access.models import Share
from foundation.audit import record
from foundation.audit.models import Detail
from foundation.tenancy.actors import Actor
from tests.bed.sides import as_owner
from tests.reference import sight, stage
from tests.reference.cast import Cast, Member


class Ground:
    """One world per example, in one transaction that is rolled back."""

    examples: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.world = sight.World()
        self.clock = stage.Clock(stage.now_of_the_transaction())
        self.shares: dict[UUID, sight.Share] = {}
        self.offers: dict[UUID, sight.Offer] = {}
        self.roots: list[UUID] = []
        self.rows: dict[tuple[str, UUID], tuple[UUID, sight.Key]] = {}  # details and probe rows: root and audience
        self.eye = stage.Eye()
        stage.begin()
        self.cast = Cast.found(self.world, self.clock)
        self.changed = True

    def teardown(self) -> None:
        type(self).examples += 1
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def someone(self, data: st.DataObject, *, root: UUID | None = None, least: int = sight.VIEW) -> Member:
        """Mostly one whom the root's shares reach, else any."""
        reached = [m for m in self.cast.members if root and self.world.level(m.known, root) >= least]
        crowd = reached if reached and data.draw(st.sampled_from([False, True, True])) else self.cast.members
        return data.draw(st.sampled_from(crowd))

    def principal(self, data: st.DataObject) -> sight.Key:
        known = sorted({*self.world.partner_of, *self.world.partner_of.values()}, key=str)
        return data.draw(st.sampled_from(known))

    def audience(self, data: st.DataObject, member: Member) -> sight.Key:
        own = sorted(self.world.principals(member.known), key=str) or [None]
        return data.draw(st.one_of(st.none(), st.sampled_from(own), st.just(self.principal(data))))

    def share(self, data: st.DataObject) -> UUID:
        """Mostly one that stands, else any."""
        standing = [key for key, share in self.shares.items() if not share.revoked]
        chosen = standing if standing and data.draw(st.sampled_from([False, True, True])) else list(self.shares)
        return data.draw(st.sampled_from(chosen))

    def partner(self, data: st.DataObject) -> sight.Key:
        return data.draw(st.sampled_from(sorted(set(self.world.partner_of.values()), key=str)))

    def attempt(self, member: Member, expected: str, act: Callable[[Actor], object]) -> object:
        """Do it as that member; it must end as the reference says."""
        outcome, answer = sight.DONE, None
        try:
            with transaction.atomic(), stage.acting(member.account, member.pk) as actor, transaction.atomic():
                answer = act(actor)
        except Exception as error:
            outcome = stage.outcome_of(error)
        assert outcome == expected, f"{member.name}: the reference says {expected!r}, the database {outcome!r}"
        self.changed = True
        return answer if outcome == sight.DONE else None

    def _open(self, member: Member) -> UUID:
        key = uuid4()
        expected = sight.DONE if self.world.principals(member.known) else sight.NOBODY
        reference = f"P-{key.hex[:12]}"
        opened = self.attempt(
            member,
            expected,
            lambda a: access.open_root(by=a, kind=stage.KIND, reference=reference, title="Probe", key=key),
        )
        if opened:
            self.roots.append(key)
            for principal in self.world.opening(member.known):
                self.note_shares(key, sight.Share(key, principal, sight.MANAGE))
        return key

    def note_shares(self, root: UUID, *shares: sight.Share) -> None:
        """Tell the reference of shares just written; their keys are found among those not known yet."""
        with as_owner():
            fresh = (
                Share.objects.filter(root_id=root)
                .exclude(pk__in=self.shares)
                .values_list("pk", "principal_id", "level")
            )
            keys = {(principal, level): pk for pk, principal, level in fresh}
        for share in shares:
            self.shares[keys.pop((share.principal, share.level))] = share
            self.world.shares.append(share)

    def _grant(self, member: Member, root: UUID, principal: int, level: int, until: int | None) -> None:
        expected = self.world.grant(member.known, root, until)
        end = self.clock.instant(until)
        key = self.attempt(
            member,
            expected,
            lambda a: access.grant(
                by=a, root_id=root, principal=principal, level=Level(level), reason=Reason.SHARE, until=end
            ),
        )
        if key:
            self.shares[UUID(str(key))] = sight.Share(root, principal, level, until)
            self.world.shares.append(self.shares[UUID(str(key))])

    def _revoke(self, member: Member, key: UUID) -> None:
        expected = self.world.revoke(member.known, self.shares[key])
        self.attempt(member, expected, lambda a: access.revoke(by=a, share_id=key))
        self.shares[key].revoked |= expected == sight.DONE

    def _offer(
        self, member: Member, root: UUID, *, level: int, invitation: UUID, partner: sight.Key, hours: int | None
    ) -> None:
        until = None if hours is None else self.clock.now + hours
        end = self.clock.instant(until)
        partner_id = self.cast.partners[partner]
        expected = self.world.offer(member.known, root, level)
        key = self.attempt(
            member,
            expected,
            lambda a: access.offer(
                by=a, root_id=root, partner_id=partner_id, level=Level(level), invitation=invitation, until=end
            ),
        )
        if key:
            self.offers[UUID(str(key))] = sight.Offer(root, partner, level, until, invitation=invitation)

    def _accept(self, member: Member, offer: sight.Offer, principals: list[sight.Key]) -> None:
        expected = self.world.accept(member.known, offer, principals)
        invitation = offer.invitation
        self.attempt(
            member, expected, lambda a: access.accept_offer(by=a, invitation=invitation, principals=principals)
        )
        if expected == sight.DONE:
            offer.answered = True
            self.note_shares(offer.root, *(sight.Share(offer.root, p, offer.level) for p in principals))

    def _write_detail(self, member: Member, root: UUID, audience: sight.Key) -> None:
        """Whoever reads a root may have a detail on record there; never for an audience that is not the writer's."""
        expected = sight.DONE if self.world.reads(member.known, root, audience) else sight.FORBIDDEN
        expected = expected if self.world.principals(member.known) else sight.NOBODY
        verb = f"reference.detail.{uuid4().hex}"
        self.attempt(member, expected, lambda a: record.changed(verb, by=a, root=root, audience=audience))
        if expected == sight.DONE:
            with as_owner():
                self.rows["detail", Detail.objects.get(verb=verb).pk] = (root, audience)

    def _write_row(self, member: Member, root: UUID, audience: sight.Key) -> None:
        expected = sight.DONE if self.world.writes(member.known, root, audience) else sight.FORBIDDEN
        expected = expected if self.world.principals(member.known) else sight.NOBODY
        key, insert = uuid4(), f"INSERT INTO {stage.PROBE} (id, root_id, audience_id) VALUES (%s, %s, %s)"
        self.attempt(member, expected, lambda _a: stage.execute(insert, key, root, audience))
        if expected == sight.DONE:
            self.rows["probe", key] = (root, audience)

    def _update(self, queryset: object, expected: str, **values: object) -> None:
        outcome = sight.DONE
        try:
            with transaction.atomic(), as_owner():
                assert queryset.update(**values) == 1  # type: ignore[attr-defined]
        except AssertionError:
            raise
        except Exception as error:
            outcome = stage.outcome_of(error)
        assert outcome == expected
        self.changed = True

    @invariant()
    def everybody_gets_what_the_reference_says(self) -> None:
        if not self.changed:
            return
        for member in self.cast.members:
            self._compare(member)
        self.changed = False

    def _compare(self, member: Member) -> None:
        who, known = member.name, member.known
        if not self.world.principals(known):
            self.attempt(member, sight.NOBODY, lambda _a: None)
            return
        roots = {root: self.world.level(known, root) for root in self.roots}
        seen = {("root", str(root)) for root, level in roots.items() if level >= sight.VIEW}
        seen |= {("share", str(k)) for k, s in self.shares.items() if roots[s.root]}
        seen |= {("offer", str(k)) for k, o in self.offers.items() if roots[o.root]}
        seen |= {
            (word, str(k))
            for (word, k), (root, audience) in self.rows.items()
            if self.world.reads(known, root, audience)
        }
        written = {
            str(k) for (word, k), place in self.rows.items() if word == "probe" and self.world.writes(known, *place)
        }
        listed = {(verb, key) for verb in stage.LISTS for word, key in seen if word == "root"}
        verbs = listed | {pair for pair in seen if pair[0] != "probe"}
        with stage.acting(member.account, member.pk) as actor:
            assert set(actor.principals) == self.world.principals(known), who
            got = self.eye.look(actor)
            levels = {root: level or 0 for root, level in access.levels(actor, self.roots).items()}
        assert got.query_wall == verbs, f"{who}, wall one alone: {got.query_wall ^ verbs}"
        assert got.row_policies == seen, f"{who}, wall two alone: {got.row_policies ^ seen}"
        assert got.both == verbs, f"{who}, both walls: {got.both ^ verbs}"
        assert got.writable == written, f"{who}, writing"
        assert levels == roots, f"{who}, levels"
