"""The calendar feed: what its owner sees now, by a secret address that can be taken back, and nothing of what a case says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from cases import actions as case_actions
from cases.models import Task
from foundation import access
from foundation.access.models import Share
from foundation.audit.models import Event
from foundation.notifications.feed import actions, calendar
from foundation.notifications.feed.models import CalendarEntry, CalendarFeed
from foundation.notifications.views import feed as views
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Account
from tests.bed.sides import as_owner
from tests.cases.cast import CaseWorld
from tests.review.test_logs import formatted as formatted_line


@pytest.fixture
def world(db):
    return CaseWorld()


@pytest.fixture
def case(world):
    opened = world.open()
    world.share(opened, world.bob)
    with world.ann.acting():
        assert opened.root.reference  # read here, where somebody sees it
    return opened


@pytest.fixture
def task(world, case):
    with world.ann.acting() as actor:
        return case_actions.give_task(
            case=case,
            assignee=world.bob.membership.group_id,
            title="Answer Kronos",
            text="Seize the ledger",
            due_at=world.now + timedelta(days=3),
            by=actor,
            at=world.now,
        )


@pytest.fixture
def bob(world):
    return world.bob


@pytest.fixture
def secret(bob):
    with bob.acting() as actor:
        return actions.make(by=actor, at=timezone.now())


def fetch(secret, **headers):
    return Client().get(reverse("calendar", kwargs={"secret": secret}), headers=headers)


def events(secret):
    answer = fetch(secret)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def move(task, due_at):
    with as_owner():
        Task.objects.filter(pk=task.pk).update(due_at=due_at)


def test_a_date_stands_in_the_feed_with_its_kind_and_reference_and_nothing_more(case, task, secret, settings):
    (event,) = events(secret)

    assert str(event["SUMMARY"]) == f"Task due: {case.root.reference}"
    assert event.decoded("DTSTART") == task.due_at.astimezone(UTC).replace(microsecond=0)
    assert str(event["URL"]) == f"{settings.WBCJ_ADDRESS}/r/{case.pk}/"
    assert event["CLASS"] == "PRIVATE"
    text = fetch(secret).content.decode().replace("\r\n ", "")
    for hidden in (case.root.title, "Kronos", "ledger", "Ann", str(task.pk), "VTIMEZONE"):
        assert hidden not in text


def test_a_date_without_a_root_leads_to_its_page(bob, secret, settings):
    with as_owner():
        bob.membership.ends_at = timezone.now() + timedelta(days=20)
        bob.membership.save(update_fields=["ends_at"])

    (event,) = events(secret)

    assert str(event["SUMMARY"]) == "Membership ends"
    assert str(event["URL"]) == settings.WBCJ_ADDRESS + reverse("profile")


def test_the_feed_reads_back_as_a_calendar(task, secret):
    answer = fetch(secret)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    read = Calendar.from_ical(answer.content)
    assert read.to_ical() == answer.content
    assert b"\r\nX-PUBLISHED-TTL:PT1H\r\n" in answer.content
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ],
)
def test_an_instant_is_right_across_a_change_of_the_clocks(instant, bob, task):
    move(task, instant)
    with bob.acting() as actor:
        feed = calendar.of(actor, at=instant - timedelta(days=1))

    (event,) = Calendar.from_ical(feed.body).walk("VEVENT")
    assert event.decoded("DTSTART") == instant


def test_a_date_that_moves_keeps_its_uid_and_counts_up_either_way(task, secret):
    (first,) = events(secret)
    seen = [(int(first["SEQUENCE"]), first.decoded("DTSTART"))]
    for days in (9, 2):
        move(task, task.due_at + timedelta(days=days - 3))
        (event,) = events(secret)
        assert event["UID"] == first["UID"]
        seen.append((int(event["SEQUENCE"]), event.decoded("DTSTART")))

    assert [sequence for sequence, _at in seen] == [0, 1, 2]
    assert len({at for _sequence, at in seen}) == 3


def test_a_feed_in_which_nothing_changed_is_not_sent_again(task, secret):
    first = fetch(secret)
    again = fetch(secret, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    move(task, task.due_at + timedelta(days=1))

    assert fetch(secret, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_what_is_finished_is_gone_at_the_next_fetch(bob, world, task, secret):
    assert events(secret)
    with bob.acting() as actor:
        case_actions.finish_task(task=task, by=actor, at=world.now)

    assert events(secret) == []


def test_a_case_that_is_not_visible_any_more_is_gone_at_the_next_fetch(world, case, task, bob, secret):
    assert events(secret)
    with world.ann.acting() as actor:
        for share in Share.objects.visible_to(actor).live().filter(root=case.pk, principal=bob.membership.group_id):
            access.revoke(by=actor, share_id=share.pk)

    assert events(secret) == []
    assert case.root.reference not in fetch(secret).content.decode()


def test_whoever_works_here_no_longer_has_no_feed(bob, task, secret):
    with as_owner():
        bob.membership.ends_at = timezone.now() - timedelta(seconds=1)
        bob.membership.save(update_fields=["ends_at"])

    assert fetch(secret).status_code == 404


def test_a_closed_account_has_no_feed(bob, task, secret):
    Account.objects.filter(pk=bob.account.pk).update(is_active=False)

    assert fetch(secret).status_code == 404


def test_an_address_that_is_unknown_revoked_or_replaced_is_not_there_alike(bob, task, secret):
    with bob.acting() as actor:
        newer = actions.make(by=actor, at=timezone.now())
        assert CalendarFeed.objects.visible_to(actor).live().count() == 1
    with bob.acting() as actor:
        actions.revoke(by=actor, at=timezone.now())

    answers = [fetch(one) for one in (secret, newer, "unknown", "x" * 3000, "%00")]

    assert {(one.status_code, one.content) for one in answers} == {(404, b"")}


def test_only_the_fingerprint_of_a_secret_is_kept(secret, as_owner):
    with as_owner():
        (row,) = CalendarFeed.objects.values()

    assert secret not in str(row)
    assert row["digest"] == actions.fingerprint(secret)
    assert len(secret) >= 43  # 256 bits


def test_a_feed_is_of_one_membership(world, bob, task, secret):
    elsewhere = world.house.member(bob.account, "ME")
    with elsewhere.acting() as actor:
        other = actions.make(by=actor, at=timezone.now())

    assert events(other) == []
    assert len(events(secret)) == 1


def test_every_fetch_is_on_record_with_what_it_named_and_counts_as_use(bob, case, task, secret, as_owner):
    fetch(secret)

    with as_owner():
        (event,) = Event.objects.filter(verb="notifications.feed.consulted")
        assert event.membership == bob.membership.pk
        assert case.pk in event.roots
        assert CalendarFeed.objects.get().used_at is not None


def test_a_program_that_asks_without_end_is_told_to_wait(task, secret, monkeypatch):
    monkeypatch.setattr(views, "FETCHES", 3)

    codes = [fetch(secret).status_code for _time in range(5)]

    assert codes == [200, 200, 200, 429, 429]
    assert fetch("another").status_code == 404
    assert int(fetch(secret).headers["Retry-After"]) == views.WINDOW


def test_nothing_is_written_where_nothing_moved(bob, task, secret, as_owner):
    fetch(secret)
    with as_owner():
        before = list(CalendarEntry.objects.values())

    fetch(secret)

    with as_owner():
        assert list(CalendarEntry.objects.values()) == before


def test_no_log_line_holds_the_secret(secret, caplog, monkeypatch, task):
    monkeypatch.setattr(calendar, "of", lambda *_a, **_k: 1 / 0)
    client = Client(raise_request_exception=False)

    assert client.get(reverse("calendar", kwargs={"secret": secret})).status_code == 500

    lines = [formatted_line(record) for record in caplog.records]
    assert lines
    assert [line for line in lines if secret in line] == []


# --- the page --------------------------------------------------------------------------------------------------------------------


def post(browser, wish):
    return browser.post(reverse("calendar_feed"), {"submission_key": str(uuid4()), "wish": wish})


def test_the_address_is_shown_once_works_and_can_be_taken_back(bob, task, browser):
    his = browser(bob)
    made = post(his, "make")
    address = made.context["address"]
    assert made.status_code == 200
    assert address in made.content.decode()
    secret = address.rpartition("/")[2].removesuffix(".ics")
    assert len(events(secret)) == 1

    later = his.get(reverse("calendar_feed")).content.decode()
    assert secret not in later
    assert "Last used" in later

    assert post(his, "revoke").status_code == 302
    assert fetch(secret).status_code == 404
    assert "You have no calendar address" in his.get(reverse("calendar_feed")).content.decode()


def test_a_form_sent_twice_makes_one_address(bob, browser):
    his, sent = browser(bob), {"submission_key": str(uuid4()), "wish": "make"}

    first, second = (his.post(reverse("calendar_feed"), sent) for _time in range(2))

    assert (first.status_code, second.status_code) == (200, 302)
    with bob.acting() as actor:
        assert CalendarFeed.objects.visible_to(actor).count() == 1


def test_a_wish_that_is_none_changes_nothing(bob, browser):
    assert post(browser(bob), "steal").status_code == 422


def test_somebody_who_reads_no_inbox_has_no_feed(world, browser):
    eve = world.house.person("Eve", "RS", Role.TECHNICAL_ADMINISTRATOR)

    assert browser(eve).get(reverse("calendar_feed")).status_code == 403
