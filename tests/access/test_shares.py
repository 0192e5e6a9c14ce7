"""Create, share on, leave, be expelled, hand over, expire: as the runtime role."""

import pytest

from foundation import access
from foundation.access import Level
from foundation.access.models import Root, Share
from foundation.tenancy.choices import Capacity, OfficeKind
from foundation.tenancy.models import OfficeHolder
from tests.bed.sides import as_owner


def test_who_opens_manages_and_so_does_the_registry_and_nobody_else_sees(story):
    root = story.open()
    assert story.level(story.ann, root) == story.level(story.abe, root) == Level.MANAGE
    assert not any(story.sees(person, root) for person in (story.ada, story.bob, story.bea))


def test_a_manager_shares_and_only_a_manager(story):
    root = story.open()
    story.share(root, story.bob, Level.CONTRIBUTE)
    assert story.level(story.bob, root) == Level.CONTRIBUTE
    with pytest.raises(access.Forbidden):
        story.share(root, story.ada, by=story.bob)
    with pytest.raises(access.NotThere):
        story.share(root, story.ada, by=story.bea)
    assert not story.sees(story.ada, root)


def test_a_share_for_a_partner_reaches_all_its_people(story):
    root = story.open()
    with story.bob.acting() as actor:
        partner = actor.partner_group
    story.share(root, story.bob, principal=partner)
    assert story.sees(story.bob, root)
    assert story.sees(story.bea, root)
    assert not story.sees(story.ada, root)


def test_whoever_leaves_sees_nothing_from_then_on(story):
    root = story.open()
    share = story.share(root, story.bob)
    story.revoke(share, by=story.bob)
    assert not story.sees(story.bob, root)
    with pytest.raises(access.NotThere):
        story.revoke(share, by=story.bob)


def test_nobody_takes_a_share_out_for_somebody_else(story):
    root = story.open()
    story.share(root, story.ada)
    share = story.share(root, story.bob)
    with pytest.raises(access.Forbidden):
        story.revoke(share, by=story.ada)
    assert story.sees(story.bob, root)


def test_whoever_is_expelled_sees_nothing_in_the_same_transaction(story):
    root = story.open()
    share = story.share(root, story.bob, Level.CONTRIBUTE)
    with story.bob.acting() as bob:
        assert Root.objects.visible_to(bob).filter(pk=root).exists()
        with story.ann.acting() as ann:
            access.revoke(by=ann, share_id=share)
        assert not Root.objects.visible_to(bob).filter(pk=root).exists()
        assert not Root.objects.filter(pk=root).exists()


def test_two_reasons_never_overwrite_one_another(story):
    root = story.open()
    first = story.share(root, story.bob, Level.CONTRIBUTE)
    second = story.share(root, story.bob, Level.VIEW, hours=5)
    story.revoke(first, by=story.ann)
    assert story.level(story.bob, root) == Level.VIEW
    story.revoke(second, by=story.ann)
    assert not story.sees(story.bob, root)
    with as_owner():
        assert Share.objects.filter(root_id=root, revoked_at__isnull=False).count() == 2


def test_who_hands_over_and_leaves_is_out_and_the_other_manages(story):
    root = story.open()
    story.share(root, story.ada, Level.MANAGE)
    story.revoke(story.share_of(root, story.ann), by=story.ann)
    assert not story.sees(story.ann, root)
    assert story.level(story.ada, root) == Level.MANAGE


def test_the_last_manager_stays(story):
    root = story.open(by=story.bob)
    with story.bob.acting() as actor:
        for share in Share.objects.visible_to(actor).exclude(principal_id=actor.membership_group):
            access.revoke(by=actor, share_id=share.pk)
    story.share(root, story.ada, Level.MANAGE, by=story.bob, hours=5)
    with pytest.raises(access.UnableToShare):
        story.revoke(story.share_of(root, story.bob), by=story.bob)
    assert story.level(story.bob, root) == Level.MANAGE


def test_a_dated_share_is_over_at_its_hour_though_nothing_runs(story):
    root = story.open()
    story.share(root, story.bob, Level.CONTRIBUTE, hours=2)
    story.hours_pass(1)
    assert story.sees(story.bob, root)
    story.hours_pass(1)
    assert not story.sees(story.bob, root)
    with story.bob.acting():
        assert not Root.objects.exists(), "the row policies alone"
    with as_owner():
        assert Share.objects.filter(root_id=root, until__isnull=False, revoked_at__isnull=True).exists()


def test_a_manager_for_a_time_gives_nothing_that_outlasts_it(story):
    root, invitation = story.open(), story.open()
    story.share(root, story.bob, Level.MANAGE, hours=4)
    for hours in (5, None):
        with pytest.raises(access.Forbidden):
            story.share(root, story.bea, by=story.bob, hours=hours)
    story.share(root, story.bea, by=story.bob, hours=4)
    with pytest.raises(access.Forbidden), story.bob.acting() as actor:
        access.offer(by=actor, root_id=root, partner_id=actor.partner_id, level=Level.VIEW, invitation=invitation)


def test_a_share_cannot_begin_in_the_past(story):
    root = story.open()
    with pytest.raises(access.UnableToShare):
        story.share(root, story.bob, hours=0)


def test_the_holder_of_an_office_changes_and_sight_with_it(story):
    root = story.open()
    office = story.house.office(OfficeKind.COORDINATOR, "BB")
    story.share(root, story.bea, principal=office.group_id)
    assert story.sees(story.bea, root)
    assert not story.sees(story.bob, root)
    since = story.house.now
    with as_owner():
        OfficeHolder.objects.filter(office=office).update(ends_at=since)
        OfficeHolder.objects.create(
            office=office,
            membership=story.bob.membership,
            capacity=Capacity.HOLDER,
            starts_at=since,
            proposed_at=since,
            confirmed_at=since,
            founding=True,
        )
    assert not story.sees(story.bea, root)
    assert story.sees(story.bob, root)


def test_whose_membership_ends_cannot_act_any_more(story):
    root = story.open()
    story.share(root, story.bob)
    story.leaves(story.bob)
    with pytest.raises(access.NotInOffice), story.bob.acting():
        pass
    story.ann.account.is_active = False
    story.ann.account.save(update_fields=["is_active"])
    with pytest.raises(access.NotInOffice), story.ann.acting():
        pass
