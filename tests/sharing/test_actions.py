"""Share, revoke, leave, hand over: what they change, who may, what they refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Root, Share
from foundation.audit import record
from foundation.audit.models import Detail
from foundation.notifications.models import Notice
from foundation.sharing import actions, queries, rules, words
from foundation.tenancy import principals
from foundation.tenancy.choices import OfficeKind, Role
from foundation.tenancy.models import Membership
from tests.people import House, Person

PURPOSE = "To compare the routes of the same lorries."


def share(by, root_id, principal, *, level=Level.VIEW, until=None, at):
    return actions.share(root_id=root_id, principal=principal, level=level, purpose=PURPOSE, until=until, by=by, at=at)


def sees(person: Person, root_id) -> bool:
    with person.acting() as actor:
        return Root.objects.visible_to(actor).filter(pk=root_id).exists()


def test_a_shared_root_is_seen_by_its_principal_and_by_nobody_else(ann, bob, house, binder, at):
    eve = house.person("Eve", "RS")
    assert not sees(bob, binder)

    with ann.acting() as actor:
        share(actor, binder, bob.membership.group_id, at=at)

    assert sees(bob, binder)
    assert not sees(eve, binder)


@pytest.mark.parametrize("of", ["authority", "partner", "office"])
def test_a_share_reaches_everyone_who_lives_in_the_principal(of, ann, bob, house, binder, at):
    seat = house.person("Sanja", "RS", offices=(OfficeKind.COORDINATOR,))
    groups = {
        "authority": bob.membership.authority.group_id,
        "partner": bob.membership.authority.partner.group_id,
        "office": house.office(OfficeKind.COORDINATOR, "RS").group_id,
    }

    with ann.acting() as actor:
        share(actor, binder, groups[of], at=at)

    assert sees(seat, binder)
    assert sees(bob, binder) is (of != "office")


def test_a_share_is_on_record_with_purpose_and_principal(ann, bob, binder, at):
    with ann.acting() as actor:
        share(actor, binder, bob.membership.group_id, level=Level.CONTRIBUTE, at=at)
        detail = Detail.objects.visible_to(actor).get(verb="sharing.share.granted")

    assert detail.purpose == PURPOSE
    assert detail.changes["level"] == "contribute"
    assert "Bob" in detail.changes["principal"]


def test_those_who_gain_sight_are_told_and_nobody_else(ann, bob, house, binder, at):
    eve = house.person("Eve", "MK")
    with ann.acting() as actor:
        share(actor, binder, bob.membership.group_id, at=at)

    with bob.acting() as actor:
        assert [notice.kind for notice in Notice.objects.visible_to(actor)] == ["sharing.shared"]
    with eve.acting() as actor:
        assert not Notice.objects.visible_to(actor).exists()


def test_a_viewer_cannot_share_on(ann, bob, house, binder, at):
    eve = house.person("Eve", "MK")
    with ann.acting() as actor:
        share(actor, binder, bob.membership.group_id, level=Level.CONTRIBUTE, at=at)

    with bob.acting() as actor, pytest.raises(access.Forbidden):
        share(actor, binder, eve.membership.group_id, at=at)

    assert not sees(eve, binder)


def test_for_a_stranger_there_is_nothing_to_share(bob, binder, at):
    with bob.acting() as actor, pytest.raises(Root.DoesNotExist):
        share(actor, binder, bob.membership.group_id, at=at)


def test_a_role_that_may_not_share_cannot_even_as_manager(ann, house, binder, at):
    admin = house.person("Ada", "AL", Role.PARTNER_ADMINISTRATOR)
    with ann.acting() as actor:
        share(actor, binder, admin.membership.group_id, level=Level.MANAGE, at=at)

    with admin.acting() as actor, pytest.raises(access.Forbidden):
        share(actor, binder, admin.membership.authority.group_id, at=at)


@pytest.mark.parametrize("of", ["authority", "partner"])
def test_management_goes_to_a_person_or_an_office_only(of, ann, bob, binder, at):
    groups = {"authority": bob.membership.authority.group_id, "partner": bob.membership.authority.partner.group_id}

    with ann.acting() as actor, pytest.raises(actions.UnableToGiveSight):
        share(actor, binder, groups[of], level=Level.MANAGE, at=at)


def test_a_group_that_is_no_principal_is_refused(ann, binder, at):
    with ann.acting() as actor, pytest.raises(actions.UnableToGiveSight):
        share(actor, binder, 2_000_000_000, at=at)


def test_what_somebody_has_already_is_not_given_twice(ann, bob, binder, at):
    with ann.acting() as actor:
        share(actor, binder, bob.membership.group_id, level=Level.CONTRIBUTE, at=at)
        with pytest.raises(actions.UnableToGiveSight):
            share(actor, binder, bob.membership.group_id, level=Level.VIEW, at=at)


def test_an_end_that_is_past_is_refused(ann, bob, binder, at):
    with ann.acting() as actor, pytest.raises(access.UnableToShare):
        share(actor, binder, bob.membership.group_id, until=at - timedelta(days=1), at=at)


def test_a_manager_for_a_time_gives_nothing_that_lasts_longer(ann, cem, bob, binder, at):
    end = at + timedelta(days=5)
    with ann.acting() as actor:
        share(actor, binder, cem.membership.group_id, level=Level.MANAGE, until=end, at=at)

    with cem.acting() as actor:
        for until in (None, end + timedelta(days=1)):
            with pytest.raises(actions.UnableToGiveSight):
                share(actor, binder, bob.membership.group_id, until=until, at=at)
        share(actor, binder, bob.membership.group_id, until=end, at=at)

    assert sees(bob, binder)


def test_a_kind_may_be_closed_to_sharing_by_hand(ann, bob, binder, at, monkeypatch):
    monkeypatch.setattr(rules, "_closed", {})
    rules.only_through_own_acts("binder", "Binders are opened by invitation.")

    with ann.acting() as actor, pytest.raises(actions.UnableToGiveSight, match="by invitation"):
        share(actor, binder, bob.membership.group_id, at=at)


def test_a_revoked_share_ends_sight_at_once_and_stays_on_record(ann, bob, binder, at):
    with ann.acting() as actor:
        key = share(actor, binder, bob.membership.group_id, at=at)
        actions.revoke(root_id=binder, share_id=key, by=actor, at=at)
        assert Detail.objects.visible_to(actor).filter(verb="sharing.share.revoked").exists()
        assert Share.objects.visible_to(actor).get(pk=key).revoked_by_id == ann.membership.pk

    assert not sees(bob, binder)


def test_a_share_is_revoked_once(ann, bob, binder, at):
    with ann.acting() as actor:
        key = share(actor, binder, bob.membership.group_id, at=at)
        actions.revoke(root_id=binder, share_id=key, by=actor, at=at)
        with pytest.raises(access.UnableToShare):
            actions.revoke(root_id=binder, share_id=key, by=actor, at=at)


def test_a_share_of_another_root_is_not_there(ann, bob, binder, at):
    with ann.acting() as actor:
        other = access.open_root(by=actor, kind="binder", reference="B-2", title="Other")
        key = share(actor, other, bob.membership.group_id, at=at)
        with pytest.raises(Share.DoesNotExist):
            actions.revoke(root_id=binder, share_id=key, by=actor, at=at)

    assert sees(bob, other)


def test_a_share_that_something_else_hangs_on_is_kept(ann, bob, binder, at, monkeypatch):
    monkeypatch.setattr(rules, "_kept", {})
    rules.keep("binder", Reason.ELECTORATE, "Withdraw the nomination instead.")
    with ann.acting() as actor:
        key = access.grant(
            by=actor, root_id=binder, principal=bob.membership.group_id, level=Level.VIEW, reason=Reason.ELECTORATE
        )
        with pytest.raises(actions.UnableToRevoke, match="Withdraw"):
            actions.revoke(root_id=binder, share_id=key, by=actor, at=at)

    assert sees(bob, binder)


def test_a_manager_cannot_revoke_what_would_leave_nobody_to_manage(house, at):
    lone = house.person("Lone", "ME", authority="Without registry")
    with lone.acting() as actor:
        root_id = access.open_root(by=actor, kind="binder", reference="B-3", title="Lone")
        registry = Share.objects.visible_to(actor).exclude(principal=actor.membership_group).get(root=root_id)
        actions.revoke(root_id=root_id, share_id=registry.pk, by=actor, at=at)
        own = Share.objects.visible_to(actor).live().get(root=root_id)
        with pytest.raises(access.UnableToShare):
            actions.revoke(root_id=root_id, share_id=own.pk, by=actor, at=at)

    assert sees(lone, root_id)


def test_whoever_leaves_sees_it_no_more_and_the_others_read_that_he_left(ann, bob, binder, at):
    with ann.acting() as actor:
        share(actor, binder, bob.membership.group_id, at=at)
        share(actor, binder, bob.membership.group_id, level=Level.CONTRIBUTE, at=at)

    with bob.acting() as actor:
        actions.leave(root_id=binder, groups=[bob.membership.group_id], by=actor, at=at)

    assert not sees(bob, binder)
    with ann.acting() as actor:
        assert Detail.objects.visible_to(actor).get(verb="sharing.share.left").membership_id == bob.membership.pk


def test_nobody_leaves_for_others(ann, bob, house, binder, at):
    eve = house.person("Eve", "RS")
    with ann.acting() as actor:
        share(actor, binder, bob.membership.group_id, at=at)
        share(actor, binder, eve.membership.group_id, at=at)

    with bob.acting() as actor, pytest.raises(actions.UnableToLeave):
        actions.leave(root_id=binder, groups=[eve.membership.group_id], by=actor, at=at)

    assert sees(eve, binder)


def test_only_the_keeper_of_the_registry_takes_the_whole_authority_out(ann, bob, house, binder, at):
    keeper = house.person("Rada", "RS", Role.REGISTRAR, offices=(OfficeKind.CASE_REGISTRY,))
    authority = bob.membership.authority.group_id
    with ann.acting() as actor:
        share(actor, binder, authority, at=at)

    with bob.acting() as actor, pytest.raises(actions.UnableToLeave):
        actions.leave(root_id=binder, groups=[authority], by=actor, at=at)
    with keeper.acting() as actor:
        actions.leave(root_id=binder, groups=[authority], by=actor, at=at)

    assert not sees(bob, binder)


def test_handing_over_gives_management_and_ends_ones_own_share(ann, cem, house, binder, at):
    with ann.acting() as actor:
        actions.hand_over(root_id=binder, membership_id=cem.membership.pk, purpose=PURPOSE, by=actor, at=at)

    assert not sees(ann, binder)
    with cem.acting() as actor:
        assert access.level(actor, binder) == Level.MANAGE
        assert Notice.objects.visible_to(actor).get().kind == "sharing.handed_over"
        assert Detail.objects.visible_to(actor).get(verb="sharing.root.handed_over").purpose == PURPOSE


def test_nothing_is_handed_to_another_authority(ann, bob, binder, at):
    with ann.acting() as actor, pytest.raises(actions.UnableToHandOver):
        actions.hand_over(root_id=binder, membership_id=bob.membership.pk, purpose=PURPOSE, by=actor, at=at)

    assert sees(ann, binder)


def test_nothing_is_handed_to_oneself_in_a_second_membership(ann, house: House, binder, at):
    second = house.member(ann.account, "AL", Role.REGISTRAR)
    with ann.acting() as actor, pytest.raises(actions.UnableToHandOver):
        actions.hand_over(root_id=binder, membership_id=second.membership.pk, purpose=PURPOSE, by=actor, at=at)


def test_the_keeper_of_an_office_has_nothing_of_his_own_to_hand_over(ann, cem, house, binder, at):
    keeper = house.person("Rada", "AL", Role.REGISTRAR, offices=(OfficeKind.CASE_REGISTRY,))
    with keeper.acting() as actor, pytest.raises(actions.UnableToHandOver):
        actions.hand_over(root_id=binder, membership_id=cem.membership.pk, purpose=PURPOSE, by=actor, at=at)


def test_sight_names_each_principal_once_with_every_reason(ann, bob, binder, at):
    with ann.acting() as actor:
        share(actor, binder, bob.membership.group_id, at=at)
        share(actor, binder, bob.membership.group_id, level=Level.CONTRIBUTE, at=at)
    with ann.acting() as actor:
        root = Root.objects.visible_to(actor).get(pk=binder)
        now = root.opened_at + timedelta(hours=1)
        found = queries.sight(actor, root, since=now, until=now)

    seer = next(seer for seer in found.seers if seer.card.group == bob.membership.group_id)
    assert (seer.level, len(seer.reasons)) == (Level.CONTRIBUTE, 2)
    assert {m.account_id for m in found.people} == {ann.account.pk, bob.account.pk}


def test_the_day_past_shows_who_could_see_it_then(ann, bob, binder, at):
    with ann.acting() as actor:
        key = share(actor, binder, bob.membership.group_id, at=at)
        actions.revoke(root_id=binder, share_id=key, by=actor, at=at)
    with ann.acting() as actor:
        root = Root.objects.visible_to(actor).get(pk=binder)
        start = root.opened_at.replace(hour=0, minute=0, second=0, microsecond=0)
        today = queries.sight(actor, root, since=start, until=start + timedelta(days=1))
        before = queries.sight(actor, root, since=start - timedelta(days=1), until=start)

    assert bob.account.pk in {m.account_id for m in today.people}
    assert before.seers == ()


def test_the_preview_counts_who_gains_sight(ann, bob, house, binder, at):
    house.person("Eve", "RS")
    with ann.acting() as actor:
        share(actor, binder, bob.membership.group_id, at=at)
        root = Root.objects.visible_to(actor).get(pk=binder)
        authority = bob.membership.authority
        card = principals.authority_card(authority)
        shown = queries.preview(actor, root, card, at=at)

    assert [m.account.full_name for m in shown.newcomers] == ["Eve"]
    assert shown.already == 1
    assert Membership.objects.filter(authority=authority).count() == 2


def test_the_preview_counts_what_becomes_visible_and_what_stays_hidden(ann, bob, cem, binder, monkeypatch):
    monkeypatch.setattr(words, "_words", {})
    words.declare("binder", name="binder", rows=[words.Rows(label="Changes", model=Detail)])
    with ann.acting() as actor:
        for audience in (None, None, actor.authority_group, actor.membership_group):
            record.changed("tests.binder.changed", by=actor, root=binder, audience=audience)
        root = Root.objects.visible_to(actor).get(pk=binder)
        counts = [
            (rows.seen, rows.hidden)
            for person in (bob, cem)
            for rows in queries.preview(
                actor, root, principals.membership_card(person.membership), at=root.opened_at
            ).rows
        ]

    assert counts == [(2, 2), (3, 1)]
