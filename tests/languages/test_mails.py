"""Mails in the language of their reader: subject and text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from foundation import access
from foundation.access import Level, Reason
from foundation.notifications import inbox, kinds, tasks
from foundation.notifications.delivery import rows
from foundation.notifications.feed import calendar
from foundation.notifications.models import Delivery
from foundation.tenancy.models import Account
from tests.bed.sides import as_owner
from tests.languages import reading
from tests.people import House
from wbcj.sign_in import actions as sign_in_actions
from wbcj.sign_in import happenings

pytestmark = pytest.mark.usefixtures("db", "pseudo_locale")


@pytest.fixture
def house():
    return House()


def bare(house):
    """What the mails say outside the brackets that is no name of ours; at least one mail was sent."""
    assert mail.outbox
    names = reading.values({p for one in mail.outbox for p in (*one.to, "Kosovo")})
    said = [piece for one in mail.outbox for piece in (one.subject, one.body)]
    assert all("⟦" in piece for piece in said)
    return reading.unmarked_in(said, names)


@pytest.mark.parametrize("name", ["cases.task.given", "cases.task.done"], ids=["at once", "in the digest"])
def test_a_notice(name, house):
    ann, bob = house.person("Ann", "AL"), house.person("Bob", "RS")
    bob.account.language = reading.LANGUAGE
    bob.account.save(update_fields=["language"])
    kind = kinds.of(name)
    with ann.acting() as by:
        root = access.open_root(by=by, kind="meeting", reference="M-2026-1", title="Kronos")
        access.grant(by=by, root_id=root, principal=bob.membership.group_id, level=Level.VIEW, reason=Reason.SHARE)
        at = timezone.now() - timedelta(minutes=1)
        inbox.tell(kind=kind, root_id=root, principals=[bob.membership.group_id], by=by, at=at)

    with time_machine.travel(datetime(2026, 11, 25, 11, tzinfo=UTC)):  # nobody rests then
        tasks.deliver()
    digest = Delivery.objects.filter(letter="digest").values_list("due_at", flat=True).first()
    if digest is not None:
        Delivery.objects.filter(letter="digest").update(due_at=timezone.now() - timedelta(days=900))
        with time_machine.travel(digest):
            tasks.deliver()

    assert bare(house) == []


def wanted(letter, by, subject=None):
    """A mail of that kind to the actor, long due."""
    return rows.Wanted(
        key=f"test:{letter}",
        letter=letter,
        subject=subject or by.membership_id,
        account_id=by.account_id,
        membership_id=by.membership_id,
        due_at=timezone.now() - timedelta(hours=1),
    )


def test_every_sentence_of_the_inbox():
    declared = {name: kind for name, kind in kinds._kinds.items() if not name.startswith("tests.")}
    assert declared
    assert {name: str(kind.sentence) for name, kind in declared.items() if not str(kind.sentence).startswith("⟦")} == {}


def test_a_welcome(house):
    ann = house.person("Ann", "AL")
    ann.account.language = reading.LANGUAGE
    ann.account.set_unusable_password()
    ann.account.save(update_fields=["language", "password"])

    with ann.acting() as by:
        rows.enqueue([wanted("welcome", by)], at=timezone.now())
    tasks.deliver()

    assert bare(house) == []


@pytest.mark.parametrize("happening", happenings.BY_KEY.values(), ids=lambda one: one.verb)
def test_what_happened_to_how_one_signs_in(happening, house):
    ann = house.person("Ann", "AL")
    ann.account.language = reading.LANGUAGE
    ann.account.save(update_fields=["language"])

    with ann.acting() as by:
        rows.enqueue([wanted(sign_in_actions.LETTER, by, happening.key)], at=timezone.now())
    tasks.deliver()

    assert bare(house) == []
    links = [word for word in mail.outbox[0].body.split() if word.startswith("http")]
    assert [("/password/reset/key/" in link) for link in links] == [happening.new_password]


def test_an_entry_of_a_calendar(house):
    ann = house.person("Ann", "AL")
    Account.objects.filter(pk=ann.account.pk).update(language=reading.LANGUAGE)
    with as_owner():
        ann.membership.ends_at = timezone.now() + timedelta(days=9)
        ann.membership.save(update_fields=["ends_at"])

    with ann.acting() as by:
        feed = calendar.of(by, at=timezone.now())

    read = Calendar.from_ical(feed.body)
    said = [str(read["X-WR-CALNAME"]), *(str(event["SUMMARY"]) for event in read.walk("VEVENT"))]
    assert len(said) == 2
    assert all(words.startswith("⟦") for words in said)
