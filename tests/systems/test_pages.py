"""How an administrator meets systems and their tokens: registered with a second person, a secret shown once, revoked in one click."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Event
from foundation.notifications.models import Delivery
from foundation.systems import secret, tokens
from foundation.systems.models import SystemToken
from foundation.tenancy.choices import AccountKind, OfficeKind, Role
from foundation.tenancy.models import Membership
from partners import actions
from tests.bed import sessions
from tests.bed.sides import as_owner

SECRET = re.compile(r"wbcj_\w{8}_\w{32}_\w{6}")
FORM = {"scopes": ["cases:read", "meetings:read"], "days": "30", "networks": ""}


def browser(who) -> Client:
    client = Client()
    sessions.signed_in_fully(client, who.account)
    return client


def send(who, address, key=None, **fields):
    return browser(who).post(address, {"submission_key": str(key or uuid4()), **fields})


def page(name, key):
    return reverse(name, kwargs={"pk": key})


@pytest.fixture
def grant_page(world):
    return page("token_grant", world.register.membership.pk)


def register(world, **fields):
    typed = {"authority": str(world.ann.membership.authority_id), "name": "Archive", "role": "registrar", **fields}
    return send(world.ann, reverse("system_register"), **typed)


def only_system(name="Archive"):
    return Membership.objects.select_related("account").get(account__full_name=name)


# --- Registering -----------------------------------------------------------------------------------------------------------------


def test_a_system_waits_for_a_second_person_and_then_works(world):
    bob = world.house.person("Bob", "P")

    answer = register(world, purpose="Register of cases, run by the IT unit")

    system = only_system()
    assert answer["Location"] == page("system", system.pk)
    assert (system.account.kind, system.confirmed_at) == (AccountKind.SYSTEM, None)
    assert not system.account.has_usable_password()
    assert "Partner system: Registrar" in browser(bob).get(reverse("appointments_waiting")).content.decode()
    assert browser(world.ann).get(page("token_grant", system.pk)).context["not_now"]
    assert send(world.ann, page("token_grant", system.pk), **FORM).status_code == 409
    send(bob, page("membership_answer", system.pk), answer="confirm")
    system.refresh_from_db()
    assert system.confirmed_by_id == bob.membership.pk
    assert not Delivery.objects.exists()  # nobody is welcomed


@pytest.mark.parametrize("role", ["partner_administrator", "technical_administrator", "case_officer", "x"])
def test_a_system_is_offered_no_role_that_gives_rights(world, role):
    assert register(world, role=role).status_code == 422
    assert not Membership.objects.filter(account__full_name="Archive").exists()


def test_a_second_system_of_the_same_name_is_refused(world):
    answer = register(world, name="register of p")
    assert answer.status_code == 409
    assert "has a system of that name" in answer.content.decode()


def test_a_system_is_proposed_for_no_role_that_gives_rights_when_it_is_moved(world):
    with world.ann.acting() as actor, pytest.raises(actions.UnableToInvite):
        actions.move(
            by=actor, at=timezone.now(), membership_id=world.register.membership.pk,
            authority_id=world.register.membership.authority_id, role=Role.PARTNER_ADMINISTRATOR,
        )  # fmt: skip


def test_a_system_is_offered_no_seat_and_appointed_to_none(world):
    seat = world.house.office(OfficeKind.CONTACT_GROUP_SEAT, "P")
    coordinator = world.house.office(OfficeKind.COORDINATOR, "P")

    offered = {
        office.kind: "Register of P" in browser(world.ann).get(page("office_appoint", office.pk)).content.decode()
        for office in (seat, coordinator)
    }

    assert offered == {OfficeKind.CONTACT_GROUP_SEAT: False, OfficeKind.COORDINATOR: True}
    with world.ann.acting() as actor, pytest.raises(actions.UnableToAppoint):
        actions.appoint(
            by=actor, at=timezone.now(), office_id=seat.pk, membership_id=world.register.membership.pk,
            capacity="member",
        )  # fmt: skip


# --- The secret ------------------------------------------------------------------------------------------------------------------


def test_the_secret_stands_in_one_answer_and_opens(world, grant_page):
    answer = send(world.ann, grant_page, **FORM)

    (shown,) = SECRET.findall(answer.content.decode())
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert tokens.bearer(shown, address="192.0.2.1", at=timezone.now()).scopes == {"cases:read", "meetings:read"}
    with as_owner():
        assert SystemToken.objects.get().digest == secret.digest(shown)
    listed = browser(world.ann).get(page("system", world.register.membership.pk)).content.decode()
    assert f"wbcj_{shown.split('_')[1]}_…" in listed
    assert not SECRET.search(listed)


def test_the_same_form_again_shows_no_secret_and_says_why(world, grant_page):
    client, key = browser(world.ann), str(uuid4())
    client.post(grant_page, {"submission_key": key, **FORM})

    again = client.post(grant_page, {"submission_key": key, **FORM}, follow=True)

    assert again.redirect_chain == [(page("system", world.register.membership.pk), 302)]
    assert "Its secret was shown once" in again.content.decode()
    assert not SECRET.search(again.content.decode())
    with as_owner():
        assert SystemToken.objects.count() == 1


def test_a_form_that_came_back_keeps_what_was_typed_and_grants_nothing(world, grant_page):
    answer = send(world.ann, grant_page, scopes=["cases:write"], days="91", networks="192.0.2.1/24")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "“192.0.2.1/24” is no address range" in text
    assert 'value="91"' in text
    assert re.search(r'value="cases:write"[^>]*checked', text)
    with as_owner():
        assert not SystemToken.objects.exists()


def test_a_rotated_token_shows_the_new_secret_once_and_the_old_one_works_on(world, grant_page):
    (old,) = SECRET.findall(send(world.ann, grant_page, **FORM).content.decode())
    with as_owner():
        token = SystemToken.objects.get()

    answer = send(world.ann, page("token_rotate", token.pk), days="90", overlap="3")

    (new,) = SECRET.findall(answer.content.decode())
    later = timezone.now() + timedelta(days=2)
    assert new != old
    assert tokens.bearer(old, address="192.0.2.1", at=later).scopes == tokens.bearer(new, address="", at=later).scopes
    with pytest.raises(tokens.Refused):
        tokens.bearer(old, address="192.0.2.1", at=later + timedelta(days=2))
    listed = browser(world.ann).get(page("system", world.register.membership.pk)).content.decode()
    assert "Replaced, works on for a while" in listed


def test_a_token_is_revoked_with_one_click_in_the_list(world):
    granted, client = world.grant(), browser(world.ann)
    listed = client.get(page("system", world.register.membership.pk)).content.decode()
    key = re.search(r'token_?s?/[^"]*/revoke/".*?name="submission_key" value="([^"]+)"', listed, re.DOTALL)[1]

    answer = client.post(page("token_revoke", granted.token.pk), {"submission_key": key}, follow=True)

    assert "Revoked. The token opens nothing any more." in answer.content.decode()
    assert not world.opens(granted, at=timezone.now())


# --- Who may ---------------------------------------------------------------------------------------------------------------------

OF_A_TOKEN = ("token_rotate", "token_revoke")


def addresses(world, granted):
    of_system = [page(name, world.register.membership.pk) for name in ("system", "token_grant")]
    return [*of_system, *(page(name, granted.token.pk) for name in OF_A_TOKEN)]


def test_the_administrator_of_another_partner_finds_nothing(world):
    granted = world.grant()
    for address in addresses(world, granted):
        assert browser(world.olga).get(address).status_code == 404
        assert send(world.olga, address, **FORM, overlap="1").status_code == 404
    assert "Register of P" not in browser(world.olga).get(reverse("systems")).content.decode()
    assert world.opens(granted)


def test_whoever_administers_nothing_is_refused(world):
    bob = world.house.person("Bob", "P")
    for address in (reverse("systems"), reverse("system_register"), *addresses(world, world.grant())):
        assert browser(bob).get(address).status_code == 403


def test_the_page_of_a_person_is_no_system(world):
    bob = world.house.person("Bob", "P")
    assert browser(world.ann).get(page("system", bob.membership.pk)).status_code == 404
    assert send(world.ann, page("token_grant", bob.membership.pk), **FORM).status_code == 404


@pytest.mark.parametrize("name", ["token_grant", "token_rotate", "token_revoke"])
def test_tokens_ask_who_one_is_unless_one_said_so_lately(world, name, settings):
    granted = world.grant()
    address = page(name, world.register.membership.pk if name == "token_grant" else granted.token.pk)
    client = browser(world.ann)
    settings.WBCJ_STEP_UP_AGE = timedelta(seconds=-1)

    assert client.get(address)["Location"].startswith(reverse("account_reauthenticate"))
    kept = client.post(address, {"submission_key": str(uuid4()), **FORM, "overlap": "1"})

    assert kept.status_code == 403
    assert world.opens(granted)
    with as_owner():
        assert SystemToken.objects.count() == 1


def test_a_token_whose_granter_left_says_so_in_the_list(world):
    world.grant()
    abe = world.house.person("Abe", "P", Role.PARTNER_ADMINISTRATOR)
    world.end(world.ann.membership)
    listed = browser(abe).get(page("system", world.register.membership.pk)).content.decode()
    assert "who granted it no longer may" in listed


def test_the_acts_are_on_record_and_name_no_secret(world, grant_page):
    send(world.ann, grant_page, **FORM)
    with as_owner():
        token = SystemToken.objects.get()
        (event,) = Event.objects.filter(verb="systems.token.granted")
    assert (event.root, event.membership) == (token.pk, world.ann.membership.pk)


# --- In the directory ------------------------------------------------------------------------------------------------------------


def test_the_directory_marks_a_system_and_counts_people(world):
    bob = world.house.person("Bob", "P")

    authority = browser(bob).get(page("authority", world.register.membership.authority_id))
    system = browser(bob).get(page("person", world.register.account.pk)).content.decode()

    assert [row.membership.account.full_name for row in authority.context["systems"]] == ["Register of P"]
    assert {row.membership.account.full_name for row in authority.context["people"]} == {"Ann", "Bob"}
    assert "Partner system" in system
    assert "systems.invalid" not in system
    assert page("system", world.register.membership.pk) not in system
    directory = browser(bob).get(reverse("partner", kwargs={"pk": bob.membership.authority.partner_id}))
    assert [row.people for row in directory.context["authorities"] if row.people] == [2]


def test_an_administrator_finds_the_systems_from_the_page_of_the_partner_and_the_tokens_from_the_system(world):
    partner, bob = world.ann.membership.authority.partner_id, world.house.person("Bob", "P")
    assert reverse("systems") in browser(world.ann).get(page("partner", partner)).content.decode()
    assert f'{reverse("systems")}"' not in browser(bob).get(page("partner", partner)).content.decode()
    assert page("system", world.register.membership.pk) in (
        browser(world.ann).get(page("person", world.register.account.pk)).content.decode()
    )
