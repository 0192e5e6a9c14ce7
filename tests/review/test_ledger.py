"""The ledger under attack: two at once, keys of others, what a savepoint takes back."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import RootGrant, Share
from tests.people import House


def share(by, root, person, level=Level.CONTRIBUTE, until=None):
    return access.grant(
        by=by,
        root_id=root,
        principal=person.membership.group_id,
        level=level,
        reason=Reason.SHARE,
        purpose="test",
        until=until,
    )


def wait_for_somebody_waiting():
    """Until another session waits for a lock of this one."""
    for _try in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


def beside(work):
    """Run that in a session of its own; what it raised is kept."""
    failures = []

    def run():
        try:
            work()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, failures


@pytest.mark.commits
def test_a_share_for_a_time_given_while_the_lasting_one_ends_ends_in_time():
    house = House()
    ann, bob = house.person("Ann", "AL"), house.person("Bob", "RS")
    with ann.acting() as actor:
        binder = access.open_root(by=actor, kind="binder", reference="B-1", title="Kronos")
        lasting = share(actor, binder, bob)
    end = timezone.now() + timedelta(hours=1)

    def share_for_a_time():
        with ann.acting() as actor:
            share(actor, binder, bob, until=end)

    with ann.acting() as actor:
        access.revoke(by=actor, share_id=lasting)
        other, failures = beside(share_for_a_time)
        wait_for_somebody_waiting()
    other.join(timeout=10)

    assert failures == []
    with bob.acting() as actor:
        grants = RootGrant.objects.filter(content_object=binder, group__in=actor.principals)
        assert set(grants.values_list("until", flat=True)) == {end}


@pytest.mark.commits
def test_two_shares_given_at_once_both_count():
    house = House()
    ann, bob = house.person("Ann", "AL"), house.person("Bob", "RS")
    with ann.acting() as actor:
        binder = access.open_root(by=actor, kind="binder", reference="B-1", title="Kronos")

    def share_for_a_time():
        with ann.acting() as actor:
            share(actor, binder, bob, until=timezone.now() + timedelta(hours=1))

    with ann.acting() as actor:
        share(actor, binder, bob)
        other, failures = beside(share_for_a_time)
        wait_for_somebody_waiting()
    other.join(timeout=10)

    assert failures == []
    with bob.acting() as actor:
        grants = RootGrant.objects.filter(content_object=binder, group__in=actor.principals)
        assert set(grants.values_list("until", flat=True)) == {None}


@pytest.mark.commits
def test_a_manager_who_is_taken_out_takes_nobody_out_at_the_same_moment():
    house = House()
    ann, bob, cem = house.person("Ann", "AL"), house.person("Bob", "RS"), house.person("Cem", "MK")
    with ann.acting() as actor:
        binder = access.open_root(by=actor, kind="binder", reference="B-1", title="Kronos")
        of_bob, of_cem = share(actor, binder, bob, Level.MANAGE), share(actor, binder, cem, Level.MANAGE)

    def bob_takes_cem_out():
        with bob.acting() as actor:
            access.revoke(by=actor, share_id=of_cem)

    with ann.acting() as actor:
        access.revoke(by=actor, share_id=of_bob)
        other, failures = beside(bob_takes_cem_out)
        wait_for_somebody_waiting()
    other.join(timeout=10)

    assert [type(failure) for failure in failures] == [access.NotThere]
    with cem.acting() as actor:
        assert access.level(actor, binder) == Level.MANAGE


def test_nobody_opens_the_invitation_of_an_offer_that_others_made(ann, bob, binder):
    key = uuid4()
    with ann.acting() as actor:
        access.offer(
            by=actor,
            root_id=binder,
            partner_id=bob.membership.authority.partner_id,
            level=Level.CONTRIBUTE,
            invitation=key,
        )
        share(actor, binder, bob, Level.VIEW, until=timezone.now() + timedelta(hours=1))

    with bob.acting() as actor, pytest.raises(access.Forbidden), transaction.atomic():
        access.open_root(by=actor, kind="invitation", reference="I-1", title="Mine", key=key)


def test_the_offered_partner_does_not_invite_itself(ann, bob, binder):
    key = uuid4()
    with ann.acting() as actor:
        access.offer(
            by=actor,
            root_id=binder,
            partner_id=bob.membership.authority.partner_id,
            level=Level.CONTRIBUTE,
            invitation=key,
        )
        share(actor, binder, bob, until=timezone.now() + timedelta(hours=1))

    with bob.acting() as actor, pytest.raises(access.Forbidden), transaction.atomic():
        access.open_root(by=actor, kind="invitation", reference="I-1", title="Mine", key=key)


def test_whoever_made_the_offer_opens_its_invitation(ann, bob, binder):
    key = uuid4()
    with ann.acting() as actor:
        access.offer(
            by=actor,
            root_id=binder,
            partner_id=bob.membership.authority.partner_id,
            level=Level.CONTRIBUTE,
            invitation=key,
        )
        assert access.open_root(by=actor, kind="invitation", reference="I-1", title="Yours", key=key) == key


@pytest.mark.parametrize("same", ["key", "reference"])
def test_a_root_that_is_there_already_is_refused_in_words(same, ann, bob, binder):
    key, reference = (binder, "B-2") if same == "key" else (None, "B-2026-KRONOS")

    with bob.acting() as actor, pytest.raises(access.UnableToShare), transaction.atomic():
        access.open_root(by=actor, kind="binder", reference=reference, title="Mine", key=key)


def test_a_level_lost_in_a_savepoint_is_back_with_the_savepoint(ann, bob, binder):
    with ann.acting() as actor:
        share(actor, binder, bob)
    with bob.acting() as actor:
        own = Share.objects.visible_to(actor).get(root=binder, principal=bob.membership.group_id)
        with transaction.atomic():
            access.revoke(by=actor, share_id=own.pk)
            assert access.level(actor, binder) is None
            transaction.set_rollback(True)

        assert access.level(actor, binder) == Level.CONTRIBUTE


def test_a_level_gained_in_a_savepoint_goes_with_the_savepoint(ann, bob, binder):
    with ann.acting() as actor:
        key = access.open_root(by=actor, kind="invitation", reference="I-1", title="Come")
        share(actor, key, bob)
        access.offer(
            by=actor,
            root_id=binder,
            partner_id=bob.membership.authority.partner_id,
            level=Level.CONTRIBUTE,
            invitation=key,
        )
    with bob.acting() as actor:
        assert access.level(actor, binder) is None
        with transaction.atomic():
            access.accept_offer(by=actor, invitation=key, principals=[actor.membership_group])
            assert access.level(actor, binder) == Level.CONTRIBUTE
            transaction.set_rollback(True)

        assert access.level(actor, binder) is None


def test_what_an_inner_actor_changed_is_known_outside(ann, bob, binder):
    with bob.acting() as actor:
        assert access.level(actor, binder) is None
        with ann.acting() as inner:
            share(inner, binder, bob)

        assert access.level(actor, binder) == Level.CONTRIBUTE
