"""A second factor for whom the page of roles says, a confirmation before rights change; and nothing typed is lost."""

import inspect
import re
import sys
import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from foundation.audit.models import Event
from foundation.pages import assurance
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage
from foundation.tenancy.choices import Role
from foundation.workflow.actions import ACTIONS
from tests.architecture.pages import routes
from tests.bed import sessions
from tests.bed.sides import as_owner
from tests.people import PASSWORD, House
from tests.sign_in.conftest import HOME, at, attempt, send_mails, signed_in
from wbcj import roles
from wbcj.sign_in import devices, factors

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RIGHTS = (
    "foundation.sharing.actions.",
    "partners.actions.memberships.",
    "partners.actions.offices.",
    "partners.actions.founding.",
)
NO_RIGHTS = {"foundation.sharing.actions.leave": "takes from oneself alone"}


def page_classes():
    return [r for r in routes() if r.page and issubclass(r.page, ActionPage)]


def called_by(page):
    """The actions that a page's own classes name, by their dotted names."""
    names = {function: name for name, function in ACTIONS.items()}
    found = set()
    for one in (c for c in page.__mro__ if c not in ActionPage.__mro__):
        module = getattr(sys.modules[one.__module__], "actions", None)
        for called in re.findall(r"\bactions\.(\w+)", inspect.getsource(one)):
            value = getattr(module, called, None)
            found |= {names.get(act, "") for act in (value.values() if isinstance(value, dict) else [value])}
    return found


def test_every_form_that_changes_rights_asks_for_a_confirmation():
    forms = page_classes()  # walks the addresses, which loads every action
    changes = {name for name in ACTIONS if name.startswith(RIGHTS)} - NO_RIGHTS.keys()
    changing = {r.name: r.page for r in forms if called_by(r.page) & changes}

    assert {
        "sharing_share",
        "sharing_revoke",
        "sharing_hand_over",
        "membership_invite",
        "holder_answer",
    } <= changing.keys()
    assert [name for name, page in changing.items() if not assurance.changes_rights(page)] == []


def test_the_page_of_roles_decides_about_every_role():
    assert set(roles.SECOND_FACTOR) == set(Role.values)


@pytest.mark.parametrize("role", Role.values)
def test_whoever_has_no_second_factor_is_led_to_enrol_before_anything_else(db, role):
    person = House().person("Bea", "EUROJUST", role)
    browser = Client()
    sessions.by_account_alone(browser, person.account)

    found = {
        r.name: browser.get(reverse(r.name))
        for r in routes()
        if r.page and issubclass(r.page, ActorPage) and "<" not in r.pattern
    }

    assert {a.headers.get("Location") for a in found.values()} == {reverse("mfa_index")}
    assert browser.get(reverse("health_live")).status_code == 200
    assert "a password alone is not enough" in browser.get(reverse("mfa_index")).content.decode()


def test_a_form_sent_without_a_second_factor_is_kept(ana):
    browser = Client()
    sessions.by_account_alone(browser, ana.account)

    answer = browser.post(reverse("case_create"), {"title": "Lorries", "acting": str(ana.membership.pk)})

    assert answer.status_code == 403
    assert "Lorries" in answer.content.decode()


def test_after_the_first_factor_one_goes_on_where_one_was(ana):
    browser = Client()
    sessions.by_account_alone(browser, ana.account)
    browser.get(reverse("inbox"))
    TOTP.activate(ana.account, SECRET)

    assert reverse("inbox") in browser.get(reverse("mfa_index")).content.decode()
    assert browser.get(reverse("inbox")).status_code == 200


def test_whoever_looked_at_the_page_for_a_new_password_can_still_enrol(ana):
    """The library notes an unconfirmed address there, and refused every factor from then on."""
    browser = Client()
    sessions.signed_in_fully(browser, ana.account)
    browser.get(reverse("account_change_password"))

    assert browser.get(reverse("mfa_activate_totp")).status_code == 200
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 200


def test_the_demo_asks_nothing_of_its_invented_people_and_everything_of_others(ana, settings):
    settings.WBCJ_DEMO = True
    browser = Client()
    sessions.by_account_alone(browser, ana.account)
    assert browser.get(reverse("home")).headers["Location"] == reverse("mfa_index")

    ana.account.email = "ana@al.wbcj.example"
    with as_owner():
        ana.account.save(update_fields=["email"])
    assert browser.get(reverse("home")).status_code == 200


@pytest.fixture
def administrator(db):
    return House().person("Ivo", "AL", Role.PARTNER_ADMINISTRATOR)


@pytest.fixture
def stale(administrator):
    browser = Client()
    browser.force_login(administrator.account)
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - 3600}]
    session.save()
    return browser


def test_a_confirmation_that_is_old_is_asked_for_again_and_the_form_is_kept(administrator, stale):
    address = reverse("membership_invite", kwargs={"pk": administrator.membership.authority_id})

    asked = stale.get(address)
    kept = stale.post(address, {"full_name": "Somebody New", "acting": str(administrator.membership.pk)})

    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert (kept.status_code, "Somebody New" in kept.content.decode()) == (403, True)

    stale.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": address})
    assert stale.get(address).status_code == 200


def test_a_wrong_password_confirms_nothing_and_the_attempts_are_limited(administrator, stale):
    answers = [stale.post(reverse("account_reauthenticate"), {"password": "wrong"}).status_code for _ in range(12)]

    assert answers == [200] * 10 + [429] * 2
    address = reverse("membership_invite", kwargs={"pk": administrator.membership.authority_id})
    assert stale.get(address).status_code == 302


def test_a_recovery_code_opens_once(ana):
    TOTP.activate(ana.account, SECRET)
    code = RecoveryCodes.activate(ana.account).generate_codes()[0]
    opened = []
    for _ in range(3):
        browser = at(HOME)
        attempt(browser, ana.account.email)
        assert not signed_in(browser)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        opened.append(signed_in(browser))

    assert opened == [True, False, False]


def test_secrets_of_factors_cannot_be_read_in_the_database(ana):
    totp = TOTP.activate(ana.account, SECRET).instance

    assert SECRET not in str(totp.data)
    assert factors.decrypted(totp.data["secret"]) == SECRET


def test_a_new_browser_is_on_record_and_told_without_a_word_of_any_case(ana, mailoutbox):
    attempt(at(HOME), ana.account.email)

    send_mails()

    assert [m.to for m in mailoutbox] == [[ana.account.email]]
    assert "a browser that was not used for it before" in mailoutbox[0].body
    with as_owner():
        assert Event.objects.filter(verb="sign_in.device.new", membership=ana.membership.pk).count() == 1


def test_one_ended_device_is_out_at_once_and_the_others_stay(ana, monkeypatch):
    TOTP.activate(ana.account, SECRET)
    code = iter(RecoveryCodes.activate(ana.account).generate_codes())
    here, gone, other = at(HOME), at("192.0.2.2"), at("192.0.2.3")
    for browser in (here, gone, other):
        attempt(browser, ana.account.email)
        browser.post(reverse("mfa_authenticate"), {"code": next(code)})
    key = UserSession.objects.get(session_key=gone.session.session_key).pk
    page = here.get(reverse("devices"))

    here.post(reverse("devices"), {"session": key, "submission_key": page.context["submission_key"]})

    assert [b.get(reverse("home")).status_code for b in (here, gone, other)] == [200, 302, 200]


def test_nobody_ends_a_session_of_somebody_else(ana, administrator):
    browser = at(HOME)
    attempt(browser, administrator.account.email)
    theirs = UserSession.objects.get(user=administrator.account)
    mine = Client()
    mine.force_login(ana.account)
    page = mine.get(reverse("devices"))

    mine.post(reverse("devices"), {"session": theirs.pk, "submission_key": page.context["submission_key"]})

    assert UserSession.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36",
            "Chrome on Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_named_in_words(agent, words):
    assert devices.in_words(agent) == words
