"""What a system is not: somebody who signs in, is told, or is a second person."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from foundation import access
from foundation.access import Level, Reason
from foundation.notifications import inbox, kinds
from foundation.notifications.models import Delivery, Notice
from foundation.tenancy.choices import Role
from partners import actions
from tests.bed.sides import as_owner

TOLD = kinds.Kind("systems.tests.told", "Something happened.")


def proposed(world, by):
    with by.acting() as actor:
        return actions.invite(
            by=actor, at=world.now, authority_id=world.register.membership.authority_id, email="new@example.org",
            full_name="New", role=Role.PROSECUTOR,
        )  # fmt: skip


def test_a_system_opens_no_page_even_with_a_session(world):
    client = Client()
    client.force_login(world.register.account)

    answer = client.get(reverse("directory"))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_nobody_gets_a_link_to_choose_a_password_for_a_system(world, client):
    asked = client.post(reverse("account_reset_password"), {"email": world.register.account.email})

    assert asked.status_code == 302
    assert not Delivery.objects.exists()


def test_a_system_is_nobodys_second_person(world):
    world.house.person("Bob", "P")
    new = proposed(world, world.ann)

    with world.register.acting() as actor, pytest.raises(access.Forbidden):
        actions.confirm_membership(by=actor, at=world.now, membership_id=new.pk)
    forced = "UPDATE tenancy_membership SET confirmed_at = now(), confirmed_by_id = %s WHERE id = %s"
    with (
        world.register.acting() as actor,
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(forced, [actor.membership_id, new.pk])


def test_nobody_waits_for_a_system_to_confirm(world):
    """Ann and the register are alone: she may found, as if she were alone."""
    assert proposed(world, world.ann).founding


def test_a_system_proposes_nobody(world):
    with pytest.raises(access.Forbidden):
        proposed(world, world.register)


def test_people_are_told_of_what_a_system_sees_and_the_system_asks(world):
    bob = world.house.person("Bob", "P")
    with world.house.person("Owner", "Q").acting() as actor:
        root = access.open_root(by=actor, kind="case", reference="C-1", title="Something")
        place = world.register.membership.authority.group_id
        access.grant(by=actor, root_id=root, principal=place, level=Level.VIEW, reason=Reason.SHARE)
        told = inbox.tell(kind=TOLD, root_id=root, principals=[place], by=actor, at=world.now)

    assert told == 2  # Ann and Bob
    with as_owner():
        members = set(Notice.objects.values_list("membership_id", flat=True))
    assert members == {world.ann.membership.pk, bob.membership.pk}


def test_a_system_is_reminded_of_nothing(world):
    with as_owner():
        world.register.membership.ends_at = world.now + timedelta(days=20)
        world.register.membership.save(update_fields=["ends_at"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM notifications_living(NULL, NULL, %s)", [world.register.membership.pk])
            assert cursor.fetchone() == (0,)
