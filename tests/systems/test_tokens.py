"""A token opens what it may, where it may, as long as it may; and nothing a moment longer."""

from datetime import timedelta

import pytest
from django.db import connection

from foundation import access
from foundation.audit.models import Event
from foundation.documents.printing.permissions import PrintingPermission
from foundation.systems import actions, secret, tokens
from foundation.systems.models import SystemToken
from foundation.systems.permissions import SystemPermission
from foundation.systems.scopes import Scope
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Account, Membership
from partners.permissions import PartnerPermission
from tests.bed.sides import as_owner
from tests.systems.cast import DAYS, OFFICE
from wbcj import roles


def refusals():
    with as_owner():
        return list(Event.objects.filter(verb__startswith="systems.token.").exclude(outcome="done").order_by("at"))


def stored(granted):
    with as_owner():
        return SystemToken.objects.get(pk=granted.token.pk)


# --- What it opens ---------------------------------------------------------------------------------------------------------------


def test_a_good_token_says_as_whom_to_act_and_for_what(world):
    granted = world.grant()

    bearer = tokens.bearer(granted.secret, address=OFFICE, at=world.now)

    assert bearer.scopes == {"cases:read", "partners:read"}
    with access.acting_as(bearer.account_id, bearer.membership_id) as actor:
        assert (actor.partner_name, actor.account_name) == ("Partner P", "Register of P")
    assert refusals() == []


def test_nothing_of_the_secret_is_kept_but_its_digest(world):
    granted = world.grant()

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(t)::text FROM systems_systemtoken t")
        (row,) = cursor.fetchone()
    assert secret.digest(granted.secret) in row
    assert granted.secret.split("_")[2] not in row
    assert granted.secret not in repr(granted)


def test_a_text_that_is_no_token_asks_nothing_of_the_database(world, django_assert_num_queries):
    slip = world.grant().secret[:-1] + "!"
    with django_assert_num_queries(0), pytest.raises(tokens.Refused):
        tokens.bearer(slip, address=OFFICE, at=world.now)


def test_a_right_prefix_with_another_secret_opens_nothing(world):
    name, prefix, _chance, _sum = world.grant().secret.split("_")
    body = f"{name}_{prefix}_{'A' * 32}"

    with pytest.raises(tokens.Refused):
        tokens.bearer(f"{body}_{secret.checksum(body)}", address=OFFICE, at=world.now)

    (event,) = refusals()
    assert (event.verb, event.root, event.membership) == ("systems.token.unknown", None, None)


def test_an_unknown_token_opens_nothing(world):
    with pytest.raises(tokens.Refused):
        tokens.bearer(secret.made(), address=OFFICE, at=world.now)
    assert [event.verb for event in refusals()] == ["systems.token.unknown"]


def test_a_token_ends_at_its_instant(world):
    granted = world.grant(days=3)

    assert world.opens(granted, at=world.now + 3 * DAYS - timedelta(microseconds=1))
    assert not world.opens(granted, at=world.now + 3 * DAYS)
    (event,) = refusals()
    assert (event.verb, event.root) == ("systems.token.refused_expired", granted.token.pk)
    assert event.membership == world.register.membership.pk


def test_a_token_opens_in_its_ranges_alone(world):
    granted = world.grant(networks=("192.0.2.0/24", "2001:db8::/32"))

    assert world.opens(granted, address="192.0.2.200")
    assert world.opens(granted, address="::ffff:192.0.2.200")
    assert world.opens(granted, address="2001:db8::1")
    assert not world.opens(granted, address="198.51.100.1")
    assert not world.opens(granted, address="")
    assert {event.verb for event in refusals()} == {"systems.token.refused_address"}


# --- How it ends -----------------------------------------------------------------------------------------------------------------


def test_a_revoked_token_opens_nothing(world):
    granted, other = world.grant(), world.grant()

    world.revoke(granted)

    assert not world.opens(granted)
    assert world.opens(other)
    assert [event.verb for event in refusals()] == ["systems.token.refused_revoked"]
    with pytest.raises(actions.UnableToRevoke):
        world.revoke(granted)


def test_another_administrator_of_the_partner_revokes_it_too(world):
    granted, abe = world.grant(), world.house.person("Abe", "P", Role.PARTNER_ADMINISTRATOR)
    world.revoke(granted, by=abe)
    assert stored(granted).revoked_by_id == abe.membership.pk


def test_a_token_ends_with_the_membership_of_whoever_granted_it(world):
    granted = world.grant()

    world.end(world.ann.membership)

    assert not world.opens(granted)
    assert [event.verb for event in refusals()] == ["systems.token.refused_granter"]


def test_a_token_ends_with_the_account_of_whoever_granted_it(world):
    granted = world.grant()
    with as_owner():
        Account.objects.filter(pk=world.ann.account.pk).update(is_active=False)
    assert not world.opens(granted)


def test_another_administrator_takes_a_token_over_by_rotating_it(world):
    granted, abe = world.grant(), world.house.person("Abe", "P", Role.PARTNER_ADMINISTRATOR)
    world.end(world.ann.membership)

    new = world.rotate(granted, by=abe)

    assert world.opens(new)
    assert not world.opens(granted)


def test_a_token_ends_with_the_membership_of_its_system(world):
    granted = world.grant()
    world.end(world.register.membership)
    assert not world.opens(granted)
    assert [event.verb for event in refusals()] == ["systems.token.refused_system"]


# --- Rotation --------------------------------------------------------------------------------------------------------------------


def test_both_tokens_work_for_the_overlap_and_then_the_new_one_alone(world):
    old = world.grant(networks=("192.0.2.0/24",))

    new = world.rotate(old, days=90, overlap=7)

    later = world.now + 7 * DAYS
    assert world.opens(old, at=later - timedelta(seconds=1))
    assert not world.opens(old, at=later)
    assert world.opens(new, at=later)
    assert (new.token.scopes, new.token.networks) == (old.token.scopes, ["192.0.2.0/24"])
    assert stored(old).successor_id == new.token.pk


def test_a_token_never_lives_longer_for_being_rotated(world):
    old = world.grant(days=2)
    world.rotate(old, overlap=7)
    assert stored(old).expires_at == world.now + 2 * DAYS


def test_a_token_without_overlap_ends_at_once(world):
    old = world.grant()
    world.rotate(old, overlap=0)
    assert not world.opens(old)


def test_what_has_ended_or_was_replaced_is_not_rotated(world):
    revoked, replaced = world.grant(), world.grant()
    world.revoke(revoked)
    world.rotate(replaced)

    for granted in (revoked, replaced):
        with pytest.raises(actions.UnableToRotate):
            world.rotate(granted)
    with pytest.raises(actions.UnableToRotate):
        world.rotate(world.grant(), overlap=8)


# --- Who may, and for what -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [91, 0, -1])
def test_a_token_lasts_90_days_at_most(world, days):
    with pytest.raises(actions.UnableToGrant):
        world.grant(days=days)
    world.grant(days=90)


@pytest.mark.parametrize("scopes", [(), ("cases:delete",), ("cases:read", "*"), ("CASES:READ",)])
def test_scopes_are_a_closed_list(world, scopes):
    with pytest.raises(actions.UnableToGrant):
        world.grant(scopes=scopes)
    assert world.opens(world.grant(scopes=Scope.values))


def test_whoever_administers_another_partner_neither_grants_nor_finds_a_token(world):
    granted = world.grant()

    with pytest.raises(Membership.DoesNotExist):
        world.grant(by=world.olga)
    for act in (world.rotate, world.revoke):
        with pytest.raises(SystemToken.DoesNotExist):
            act(granted, by=world.olga)
    with world.olga.acting() as actor:
        assert not SystemToken.objects.visible_to(actor).exists()
        assert not SystemToken.objects.exists()  # the second wall


def test_whoever_administers_nothing_neither_grants_nor_sees_a_token(world):
    world.grant()
    bob = world.house.person("Bob", "P")

    with pytest.raises(access.Forbidden):
        world.grant(by=bob)
    with bob.acting() as actor:
        assert not SystemToken.objects.visible_to(actor).exists()
        assert not SystemToken.objects.exists()


def test_a_system_sees_no_token_not_even_its_own(world):
    world.grant()
    with world.register.acting():
        assert not SystemToken.objects.exists()


def test_people_have_no_tokens(world):
    bob = world.house.person("Bob", "P")
    with world.ann.acting() as actor, pytest.raises(Membership.DoesNotExist):
        actions.grant(
            by=actor, at=world.now, membership_id=bob.membership.pk, scopes=["cases:read"],
            expires_at=world.now + DAYS,
        )  # fmt: skip


def test_a_system_that_waits_or_has_ended_is_granted_nothing(world):
    world.end(world.register.membership)
    with pytest.raises(actions.UnableToGrant):
        world.grant()


def test_the_database_asks_for_the_role_that_administers():
    """systems_administers names the role; the page of roles says which has the permission."""
    administering = {role for role, may in roles.MAY.items() if PartnerPermission.ADMINISTER in may}
    assert administering == {Role.PARTNER_ADMINISTRATOR}
    giving = {role for role, why in roles.SECOND_FACTOR.items() if why is roles.GIVES_RIGHTS}
    assert giving == {Role.PARTNER_ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.TECHNICAL_ADMINISTRATOR}


def test_the_database_asks_for_the_roles_that_oversee():
    """systems_oversees and documents_printed name the roles; the page of roles says which have the permissions."""
    staff = {Role.PROGRAMME_MANAGER, Role.TECHNICAL_ADMINISTRATOR}
    for permission in (SystemPermission.OVERSEE, SystemPermission.RECALL, PrintingPermission.COUNT):
        assert {role for role, may in roles.MAY.items() if permission in may} == staff
