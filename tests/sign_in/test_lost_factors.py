"""Somebody lost every second factor: two people together take them away, and the person sets up new ones."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Event
from foundation.tenancy.choices import Role
from partners import actions as partner_actions
from tests.bed.sides import as_owner
from tests.people import House
from tests.sign_in.conftest import FRESH, HOME, at, attempt, send_mails, signed_in
from tests.sign_in.test_assurance import SECRET
from tests.sign_in.test_codes import enter, now
from wbcj.sign_in import actions


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def ana(house):
    """Ana, who had an app, recovery codes and an open session."""
    ana = house.person("Ana", "AL")
    TOTP.activate(ana.account, SECRET)
    RecoveryCodes.activate(ana.account)
    ana.open = at(HOME)
    enter(ana.open, ana, now())
    assert ana.open.get(reverse("home")).status_code == 200
    return ana


@pytest.fixture
def tech(house):
    return house.person("Tina", "EUROJUST", Role.TECHNICAL_ADMINISTRATOR, authority="Operations")


@pytest.fixture
def ivo(house):
    return house.person("Ivo", "AL", Role.PARTNER_ADMINISTRATOR)


def reset(person, by, second):
    """Through the command, as operators do it; what it said."""
    said = StringIO()
    call_command(
        "reset_second_factors", person.account.email, by=by.account.email, second=second.account.email, stdout=said
    )
    return said.getvalue()


def factors(person):
    return Authenticator.objects.filter(user=person.account).count()


def test_two_people_together_take_all_factors_and_end_all_sessions_at_once(ana, tech, ivo):
    said = reset(ana, tech, ivo)

    assert "2 factors and recovery codes taken" in said
    assert factors(ana) == 0
    assert UserSession.objects.filter(user=ana.account).count() == 0
    assert ana.open.get(reverse("home")).status_code == 302


def test_nobody_else_s_factors_and_sessions_are_touched(ana, tech, ivo):
    TOTP.activate(ivo.account, SECRET)
    his = at("192.0.2.8")
    enter(his, ivo, now(1))

    reset(ana, tech, ivo)

    assert factors(ivo) == 1
    assert his.get(reverse("home")).status_code == 200


def test_both_names_and_the_person_are_on_record_and_the_person_gets_a_mail(ana, tech, ivo, mailoutbox):
    reset(ana, tech, ivo)
    send_mails()

    with as_owner():
        taken = Event.objects.filter(verb="sign_in.factors.taken")
        assert {(e.membership, e.root) for e in taken} == {
            (tech.membership.pk, ana.account.pk),
            (ivo.membership.pk, ana.account.pk),
        }
        assert Event.objects.filter(verb="sign_in.factors.reset", membership=ana.membership.pk).count() == 1
    letters = [m for m in mailoutbox if "Two administrators removed all second factors" in m.body]
    assert [m.to for m in letters] == [[ana.account.email]]


def test_the_person_comes_back_with_the_password_and_is_led_to_enrol_before_anything_else(ana, tech, ivo):
    reset(ana, tech, ivo)
    browser = at(FRESH)
    attempt(browser, ana.account.email)

    assert signed_in(browser)
    assert browser.get(reverse("home")).headers["Location"] == reverse("mfa_index")
    secret = browser.get(reverse("mfa_activate_totp")).context["form"].secret
    assert secret != SECRET
    TOTP.activate(ana.account, secret)
    assert browser.get(reverse("home")).status_code == 200


def test_the_old_codes_open_nothing_any_more(ana, tech, ivo):
    spare = RecoveryCodes(Authenticator.objects.get(user=ana.account, type="recovery_codes")).generate_codes()
    reset(ana, tech, ivo)
    TOTP.activate(ana.account, "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")

    for code in (now(1), spare[0]):
        browser = at(FRESH)
        enter(browser, ana, code)
        assert not signed_in(browser)


@pytest.mark.parametrize("case", ["other way round", "two technical", "two partner", "a prosecutor", "another partner"])
def test_any_other_two_are_refused_and_nothing_is_taken(case, house, ana, tech, ivo):
    other = house.person("Otto", "EUROJUST", Role.TECHNICAL_ADMINISTRATOR, authority="Operations")
    bea, abroad = house.person("Bea", "AL"), house.person("Rade", "RS", Role.PARTNER_ADMINISTRATOR)
    pairs = {
        "other way round": (ivo, tech),
        "two technical": (tech, other),
        "two partner": (ivo, abroad),
        "a prosecutor": (tech, bea),
        "another partner": (tech, abroad),
    }
    by, second = pairs[case]

    with by.acting() as first, pytest.raises(actions.UnableToReset):
        actions.reset_factors(by=first, second=_actor(second), at=timezone.now(), account=ana.account)
    with pytest.raises(CommandError):
        reset(ana, by, second)

    assert factors(ana) == 2
    assert ana.open.get(reverse("home")).status_code == 200
    with as_owner():
        assert not Event.objects.filter(verb__startswith="sign_in.factors.").exists()


def _actor(person):
    with person.acting() as actor:
        return actor


@pytest.mark.parametrize("who", ["first", "second"])
def test_nobody_takes_their_own(who, tech, ivo):
    loser = {"first": tech, "second": ivo}[who]
    TOTP.activate(loser.account, SECRET)

    with pytest.raises(CommandError, match="Nobody resets their own factors"):
        reset(loser, tech, ivo)

    assert factors(loser) == 1


def test_one_account_with_both_roles_is_one_person(house, ana, tech):
    both = house.member(tech.account, "AL", Role.PARTNER_ADMINISTRATOR)

    with pytest.raises(CommandError, match="two different people"):
        reset(ana, tech, both)

    assert factors(ana) == 2


def test_whoever_does_not_work_there_any_more_counts_no_longer(house, ana, tech, ivo):
    other = house.person("Olga", "AL", Role.PARTNER_ADMINISTRATOR)
    with other.acting() as by:
        partner_actions.end_membership(by=by, at=timezone.now(), membership_id=ivo.membership.pk)

    with pytest.raises(CommandError, match="no live membership"):
        reset(ana, tech, ivo)

    assert factors(ana) == 2


@pytest.mark.parametrize("unknown", ["person", "first", "second"])
def test_an_address_that_nobody_has_is_said(unknown, ana, tech, ivo):
    named = {"person": ana.account.email, "first": tech.account.email, "second": ivo.account.email}
    named[unknown] = "nobody@example.org"

    with pytest.raises(CommandError, match=r"no such account|no live membership"):
        call_command("reset_second_factors", named["person"], by=named["first"], second=named["second"])
