"""API clients in the console: project staff see every system and token, never a secret, and can stop one at once."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from foundation import access
from foundation.audit import events
from foundation.notifications.models import Delivery, Notice
from foundation.systems import actions
from foundation.systems.models import SystemToken
from foundation.tenancy.choices import Role
from tests.bed import sessions
from tests.bed.sides import as_owner
from tests.systems.cast import SystemsWorld

STAFF = [Role.PROGRAMME_MANAGER, Role.TECHNICAL_ADMINISTRATOR]


@pytest.fixture
def world(db):
    return SystemsWorld()


@pytest.fixture
def staff(world):
    """Somebody of the project, by role."""

    def make(role=Role.PROGRAMME_MANAGER):
        return world.house.staff(f"Pia {role}".replace("_", ""), "EJ", role)

    return make


def browser(who):
    client = Client()
    sessions.signed_in_fully(client, who.account)
    return client


def shown(client, **filters):
    answer = client.get(reverse("console_clients"), filters)
    assert answer.status_code == 200
    return [row.membership.account.full_name for row in answer.context["rows"]]


def revoke(client, token, key=None):
    place = reverse("console_client_revoke", kwargs={"pk": token.pk})
    return client.post(place, {"submission_key": str(key or uuid4())})


@pytest.mark.parametrize("role", STAFF)
def test_project_staff_see_every_system_with_its_tokens_and_no_secret(role, world, staff):
    granted = world.grant()
    other = world.house.system("Register of Q", "Q")

    page = browser(staff(role)).get(reverse("console_clients")).content.decode()

    assert "Register of P" in page
    assert other.account.full_name in page
    assert granted.token.hint in page
    assert granted.secret not in page
    assert granted.token.digest not in page


@pytest.mark.parametrize("name", ["console_clients", "console_people", "console_partners"])
def test_nobody_else_sees_the_overviews(name, world, staff):
    for person in (world.ann, staff(Role.AUDITOR), world.house.person("Pat", "P")):
        assert browser(person).get(reverse(name)).status_code == 403


def test_the_list_narrows_by_what_becomes_of_tokens(world, staff):
    lasting = world.grant(days=60)
    world.house.system("Idle", "Q")
    hers = browser(staff())
    names = ["Register of P"]

    assert shown(hers, tokens="expiring") == []
    assert shown(hers, tokens="none") == ["Idle"]
    world.grant(days=10)
    assert shown(hers, tokens="expiring") == names
    assert shown(hers, tokens="unused") == []
    token, old = lasting.token, world.now - timedelta(days=40)
    with as_owner():
        SystemToken.objects.create(
            membership_id=token.membership_id,
            prefix="forgottn",
            digest="0" * 64,
            scopes=token.scopes,
            granted_at=old,
            granted_by_id=token.granted_by_id,
            expires_at=old + timedelta(days=80),
        )
    assert shown(hers, tokens="unused") == names
    assert shown(hers, tokens="revoked") == []
    world.revoke(lasting)
    assert shown(hers, tokens="revoked") == names
    assert shown(hers, tokens="lapsed") == []
    world.end(world.ann.membership)
    assert shown(hers, tokens="lapsed") == names


def test_a_system_is_found_by_name_in_any_script_authority_partner_and_prefix(world, staff):
    token = world.grant().token
    world.house.system("Регистар", "Q")
    hers = browser(staff())

    assert shown(hers, text="registar") == ["Регистар"]
    assert shown(hers, text=token.prefix) == ["Register of P"]
    assert shown(hers, text=token.prefix[:-1]) == []
    assert shown(hers, text="partner q") == ["Регистар"]
    assert shown(hers, partner=str(world.ann.membership.authority.partner_id)) == ["Register of P"]
    assert shown(hers, text="nobody") == []


@pytest.mark.parametrize("role", STAFF)
def test_one_click_stops_a_token_and_its_partner_is_told(role, world, staff):
    granted, pia = world.grant(), staff(role)
    second = world.house.person("Abe", "P", Role.PARTNER_ADMINISTRATOR)
    assert world.opens(granted)

    answer = revoke(browser(pia), granted.token)

    assert answer["Location"] == reverse("console_clients")
    assert not world.opens(granted)
    with pia.acting() as actor:
        token = SystemToken.objects.overseen_by(actor).get(pk=granted.token.pk)
        assert token.revoked_by_id == pia.membership.pk
    for person in (world.ann, second):
        with person.acting() as actor:
            (line,) = Notice.objects.visible_to(actor)
            assert (line.kind, line.root) == ("systems.token.recalled", None)
            assert line.path == reverse("systems")
    assert set(Delivery.objects.values_list("account", flat=True)) == {world.ann.account.pk, second.account.pk}
    with world.olga.acting() as actor:
        assert not Notice.objects.visible_to(actor).exists()


def test_a_click_that_comes_twice_stops_once_and_tells_once(world, staff):
    granted, hers, key = world.grant(), browser(staff()), uuid4()

    assert [revoke(hers, granted.token, key).status_code for _time in range(2)] == [302, 302]
    assert revoke(hers, granted.token).status_code == 409
    with world.ann.acting() as actor:
        assert Notice.objects.visible_to(actor).count() == 1


def test_who_signed_in_long_ago_says_first_who_it_is(world, staff):
    granted, pia = world.grant(), staff()
    client = browser(pia)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - 3600}]
    session.save()

    assert revoke(client, granted.token).status_code == 403
    assert world.opens(granted)


def test_the_revocation_is_on_record_as_one_by_staff(world, staff):
    granted, tina = world.grant(), staff(Role.TECHNICAL_ADMINISTRATOR)
    revoke(browser(tina), granted.token)

    with tina.acting() as actor:
        found = {event.verb: event for event in events.newest(actor, before=None)}
    assert found["systems.token.recalled"].root == granted.token.pk


def test_staff_grant_and_rotate_nothing(world, staff):
    granted, pia = world.grant(), staff()
    with pia.acting() as actor:
        for act in (
            lambda: actions.rotate(
                by=actor,
                at=world.now,
                token_id=granted.token.pk,
                expires_at=world.now + timedelta(days=1),
                overlap=timedelta(0),
            ),
            lambda: actions.grant(
                by=actor,
                at=world.now,
                membership_id=world.register.membership.pk,
                scopes=["cases:read"],
                expires_at=world.now + timedelta(days=1),
            ),
        ):
            with pytest.raises(access.Forbidden):
                act()


def test_an_auditor_and_a_stranger_stop_nothing_not_even_by_plain_sql(world, staff):
    granted = world.grant()
    for person in (staff(Role.AUDITOR), world.olga, world.register):
        with person.acting() as actor:
            with pytest.raises((access.Forbidden, SystemToken.DoesNotExist)):
                actions.revoke(by=actor, at=world.now, token_id=granted.token.pk)
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE systems_systemtoken SET revoked_at = now(), revoked_by_id = %s WHERE id = %s",
                    [person.membership.pk, granted.token.pk],
                )
                assert cursor.rowcount == 0
    assert world.opens(granted)


@pytest.mark.parametrize(
    "change",
    ["expires_at = now() - interval '1 hour'", "revoked_at = now(), revoked_by_id = granted_by_id", "used_at = NULL"],
)
def test_staff_change_nothing_but_in_their_own_name(change, world, staff):
    granted = world.grant()
    with staff().acting(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE systems_systemtoken SET {change} WHERE id = %s", [granted.token.pk])


def test_nobody_tells_of_a_revocation_that_is_not_their_own(world, staff):
    granted = world.grant()
    world.revoke(granted)
    with staff().acting(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partners_tell_of_recall(%s)", [granted.token.pk])
