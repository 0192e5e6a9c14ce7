"""The first person, the welcome by mail, and one's own preferences."""

import io
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from foundation import access
from foundation.audit.models import Event
from foundation.notifications import tasks
from foundation.notifications.models import Delivery
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Account, Authority, Membership
from partners import actions
from tests.people import House

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def house():
    return House()


@pytest.fixture
def at(house):
    return house.now - HOUR


@pytest.fixture
def ann(house):
    return house.person("Ann", "P", Role.PARTNER_ADMINISTRATOR)


def invite(by, at, **more):
    words = {"email": "friend@example.org", "full_name": "Friend", "role": Role.PROSECUTOR, **more}
    with by.acting() as actor:
        return actions.invite(by=actor, at=at, authority_id=by.membership.authority_id, **words)


def run_welcomes():
    """Do what the worker would do with the waiting welcomes."""
    tasks.deliver()
    return list(Delivery.objects.filter(letter="welcome").order_by("due_at").values_list("state", flat=True))


def test_a_new_person_gets_a_link_to_choose_a_password_once_the_membership_stands(house, ann, at):
    ben = house.person("Ben", "P")
    friend = invite(ann, at)
    assert run_welcomes() == []

    with ben.acting() as actor:
        actions.confirm_membership(by=actor, at=at, membership_id=friend.pk)
    assert run_welcomes() == ["sent"]

    (letter,) = mail.outbox
    assert letter.to == ["friend@example.org"]
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", str(letter.body))
    assert link is not None
    page = Client().get(link[1], follow=True)
    assert page.status_code == 200
    assert "new_password" in page.content.decode() or "password1" in page.content.decode()


def test_a_welcome_waits_for_the_beginning(ann, house, at):
    invite(ann, at, starts_at=house.now + 24 * HOUR)

    assert run_welcomes() == ["waiting"]


def test_nobody_is_welcomed_to_a_membership_that_has_ended(house, ann, at):
    friend = invite(ann, at)
    with ann.acting() as actor:
        actions.end_membership(by=actor, at=at, membership_id=friend.pk)

    assert run_welcomes() == ["off"]
    assert mail.outbox == []


def test_somebody_with_a_password_needs_no_welcome(house, ann, at):
    known = house.person("Known", "Q")

    invite(ann, at, email=known.account.email)

    assert run_welcomes() == []


def test_the_name_of_kosovo_is_starred_in_a_welcome(house, at):
    ann = house.person("Ann", "XK", Role.PARTNER_ADMINISTRATOR)
    invite(ann, at)
    run_welcomes()

    assert "Kosovo*" in mail.outbox[0].body


def test_the_first_technical_administrator_is_made_by_command_and_the_second_is_not(capsys):
    call_command("create_technical_administrator", "first@example.org", "First Person", "--send-link")

    account = Account.objects.get(email="first@example.org")
    assert account.is_staff
    assert Membership.objects.get(account=account).role == Role.TECHNICAL_ADMINISTRATOR
    with pytest.raises(CommandError, match="people already"):
        call_command("create_technical_administrator", "second@example.org", "Second Person", "--send-link")


def test_the_command_without_a_terminal_says_what_to_use(monkeypatch):
    # A process with no terminal at all: what getpass falls back to is at its end.
    monkeypatch.setattr("os.open", _no_terminal)
    monkeypatch.setattr("sys.stdin", io.StringIO())

    with pytest.raises(CommandError, match="--send-link"):
        call_command("create_technical_administrator", "first@example.org", "First Person")

    assert not Account.objects.filter(email="first@example.org").exists()


def _no_terminal(*_arguments):
    raise OSError


def test_the_first_person_names_the_first_administrators(house, at):
    first = actions.found_technical_administrator(at=at, email="t@example.org", full_name="T", password=None)
    with access.acting_as(first.account_id) as actor:
        for code in ("AL", "EUROJUST"):
            authority = Authority.objects.filter(partner__code=code).first()
            assert authority is not None
            named = actions.found_administrator(
                by=actor, at=at, authority_id=authority.pk, email=f"{code.lower()}@example.org", full_name=code
            )
            assert named.confirmed_at == at


def test_every_act_is_on_record(house, ann, at, as_owner):
    ben = house.person("Ben", "P")
    friend = invite(ann, at)
    with ben.acting() as actor:
        actions.confirm_membership(by=actor, at=at, membership_id=friend.pk)

    with as_owner():
        events = Event.objects.filter(root=friend.pk).order_by("at").values_list("verb", "membership")
        assert list(events) == [
            ("partners.membership.proposed", ann.membership.pk),
            ("partners.membership.confirmed", ben.membership.pk),
        ]


def test_preferences_change_ones_own_account_alone(house, ann):
    ben = house.person("Ben", "P")
    with ben.acting() as actor:
        actions.change_preferences(by=actor, language="mk", time_zone="Europe/Skopje")

    languages = dict(
        Account.objects.filter(pk__in=[ann.account.pk, ben.account.pk]).values_list("full_name", "language")
    )
    assert languages == {"Ann": "en", "Ben": "mk"}
