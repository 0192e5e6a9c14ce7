"""Home, the address of every root, and the menu of one's own account."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation import access
from foundation.access import Level, Reason
from foundation.notifications import inbox, kinds
from foundation.notifications.models import Notice
from foundation.pages import assurance
from tests.people import PASSWORD

HINT = kinds.declare("tests.home.hinted", "Something happened.")
MOST_STATEMENTS = 14


def without_chance(answer, key):
    """The page without what differs from request to request: its id, the address asked for, the token of the form."""
    page = answer.content.decode().replace(answer.headers["X-Request-ID"], "").replace(str(key), "")
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", page)


def told(by, person, root_id):
    with by.acting() as actor:
        group = person.membership.group_id
        access.grant(by=actor, root_id=root_id, principal=group, level=Level.VIEW, reason=Reason.SHARE)
        inbox.tell(kind=HINT, root_id=root_id, principals=[group], by=actor, at=timezone.now())


def test_home_shows_what_moved_lately_and_only_what_one_sees(ann, bob, meeting, browser):
    assert "M-2026-KRONOS" in browser(ann).get("/").content.decode()
    assert "KRONOS" not in browser(bob).get("/").content.decode()


def test_home_says_when_nothing_waits(bob, browser):
    page = browser(bob).get("/").content.decode()

    assert "Nothing waits for you" in page
    assert "Nothing is shared with you yet" in page


def test_home_shows_unread_lines_first(ann, bob, meeting, browser):
    told(ann, bob, meeting)

    page = browser(bob).get("/").content.decode()

    assert page.index("Something happened.") < page.index("What moved lately")


def test_home_keeps_to_its_statements_however_much_there_is(ann, bob, house, browser):
    with ann.acting() as actor:
        keys = [
            access.open_root(by=actor, kind="meeting", reference=f"M-{number}", title="Meeting") for number in range(30)
        ]
    for key in keys:
        told(ann, bob, key)
    his = browser(bob)
    his.get("/")

    with CaptureQueriesContext(connection) as statements:
        his.get("/")

    assert len(statements) <= MOST_STATEMENTS, [query["sql"][:80] for query in statements]


def test_following_an_address_leads_to_the_page_of_its_kind_and_marks_it_read(ann, bob, meeting, browser):
    told(ann, bob, meeting)

    answer = browser(bob).get(reverse("root", kwargs={"pk": meeting}))

    assert answer.headers["Location"] == reverse("meeting", kwargs={"pk": meeting})
    with bob.acting() as actor:
        assert not Notice.objects.visible_to(actor).unread().exists()


def test_for_a_stranger_an_address_is_as_unknown_as_one_that_never_was(ann, bob, meeting, browser):
    his = browser(bob)

    keys = (meeting, uuid4())
    answers = [his.get(reverse("root", kwargs={"pk": key})) for key in keys]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert without_chance(answers[0], keys[0]) == without_chance(answers[1], keys[1])


def test_a_kind_without_a_page_is_not_there(ann, browser):
    with ann.acting() as actor:
        key = access.open_root(by=actor, kind="binder", reference="B-1", title="Binder")

    assert browser(ann).get(reverse("root", kwargs={"pk": key})).status_code == 404


def test_the_account_menu_leads_to_password_second_factor_and_devices(ann, browser):
    hers = browser(ann)
    page = hers.get("/account/").content.decode()

    for name in ("account_change_password", "mfa_index", "devices"):
        assert reverse(name) in page


def test_only_who_has_another_membership_is_led_to_act_through_it(ann, house, browser):
    assert reverse("acting") not in browser(ann).get("/account/").content.decode()
    house.member(ann.account, "RS")
    assert reverse("acting") in browser(ann).get("/account/").content.decode()


@pytest.fixture
def two_devices(ann):
    devices = []
    for _number in range(2):
        device = Client()
        device.post(reverse("account_login"), {"login": ann.account.email, "password": PASSWORD})
        session = device.session
        session[assurance.FACTOR] = str(ann.account.pk)
        session.save()
        devices.append(device)
    return devices


def test_signing_out_everywhere_else_ends_the_other_device_at_once(two_devices):
    mine, lost = two_devices
    assert lost.get("/").status_code == 200

    page = mine.get(reverse("devices"))
    mine.post(reverse("devices"), {"submission_key": page.context["submission_key"]})

    assert mine.get("/").status_code == 200
    assert lost.get("/").status_code == 302


def test_a_sign_in_lasts_twelve_hours_at_most(two_devices, settings):
    mine, _lost = two_devices
    assert mine.session.get_expiry_age() <= 12 * 3600


def test_nobody_adds_an_address_to_an_account_by_himself(ann, browser):
    client = browser(ann)

    assert client.get("/account/email/").status_code == 404
    assert client.post("/account/email/", {"email": "eve@example.org", "action_add": ""}).status_code == 404
