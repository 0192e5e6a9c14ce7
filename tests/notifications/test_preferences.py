"""How one wants to be told: every kind by every way, chosen on a page, holding for whatever has not gone out yet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from foundation import access
from foundation.access import Level, Reason
from foundation.notifications import digest, inbox, kinds, preferences, tasks
from foundation.notifications.delivery import queries, rows
from foundation.notifications.kinds import WITHOUT_OFF, Way
from foundation.notifications.models import Delivery, Holiday, Notice, Preference, State
from foundation.notifications.quiet import Calendar
from foundation.tenancy.choices import Role

HINT = kinds.declare("tests.preferences.hinted", "Something happened.")
CALL = kinds.declare("tests.preferences.called", "Something has to be answered.", ways=WITHOUT_OFF)
ALARM = kinds.declare("tests.preferences.alarmed", "Something cannot wait.", urgent=True)
# The next Wednesday: the clock of the database cannot be set, and what is delivered must not lie before what it knows.
_DAY = next(day for day in (date.today() + timedelta(days=ahead) for ahead in range(1, 8)) if day.weekday() == 2)  # noqa: DTZ011
NOON = datetime(_DAY.year, _DAY.month, _DAY.day, 11, tzinfo=UTC)
NIGHT = NOON + timedelta(hours=12)
SATURDAY = NOON + timedelta(days=3)


@pytest.fixture
def told(ann, bob, meeting):
    """Bob sees the meeting, and is told of it as often as one likes."""
    with ann.acting() as actor:
        group = bob.membership.group_id
        access.grant(by=actor, root_id=meeting, principal=group, level=Level.VIEW, reason=Reason.SHARE)

    def tell(kind=HINT):
        with ann.acting() as actor:
            inbox.tell(kind=kind, root_id=meeting, principals=[bob.membership.group_id], by=actor, at=timezone.now())
        past_due()
        return Delivery.objects.filter(letter="notice").latest("created_at")

    return tell


def past_due(**which):
    """The clock of the database stands where it stands: let the row have been due before."""
    Delivery.objects.filter(state=State.WAITING, **which).update(due_at=timezone.now() - timedelta(days=900))


def choose(person, **ways):
    with person.acting() as actor:
        named = {f"tests.preferences.{name}": way for name, way in ways.items()}
        preferences.choose(by=actor, at=timezone.now(), ways=named)
    past_due(letter="notice")


def deliver(at=NOON):
    with time_machine.travel(at, tick=False):
        tasks.deliver()


def state_of(delivery):
    delivery.refresh_from_db()
    return delivery.state


@pytest.mark.parametrize("kind", [HINT, ALARM], ids=["usual", "urgent"])
@pytest.mark.parametrize(
    ("way", "state", "mails"),
    [(Way.AT_ONCE, State.SENT, 1), (Way.DIGEST, State.GATHERED, 0), (Way.OFF, State.OFF, 0)],
)
def test_a_notice_goes_the_way_that_was_chosen_for_its_kind(way, state, mails, kind, bob, told):
    choose(bob, **{kind.name.rpartition(".")[2]: way})
    delivery = told(kind)

    deliver()

    assert state_of(delivery) == state
    assert len(mail.outbox) == mails


def test_until_somebody_chooses_the_app_that_owns_the_kind_has_chosen(bob):
    with bob.acting() as actor:
        assert preferences.way_of(actor, kinds.of("cases.task.done")) is Way.DIGEST
        assert preferences.way_of(actor, kinds.of("cases.task.given")) is Way.AT_ONCE


def test_what_has_to_be_answered_cannot_be_switched_off(bob):
    with bob.acting() as actor, pytest.raises(preferences.UnableToChoose):
        preferences.choose(by=actor, at=timezone.now(), ways={CALL.name: Way.OFF})


def test_a_choice_that_the_kind_allows_no_longer_counts_for_nothing(bob):
    with bob.acting() as actor:
        Preference.objects.create(membership_id=actor.membership_id, kind=CALL.name, way=Way.OFF)
        assert preferences.way_of(actor, CALL) is Way.AT_ONCE


def test_a_choice_holds_for_one_membership(bob, house):
    elsewhere = house.member(bob.account, "ME")
    choose(bob, hinted=Way.OFF)

    with elsewhere.acting() as actor:
        assert preferences.way_of(actor, HINT) is Way.AT_ONCE


@pytest.mark.parametrize(("way", "state"), [(Way.AT_ONCE, State.SENT), (Way.OFF, State.OFF)])
def test_a_new_choice_holds_for_what_was_gathered_already(way, state, bob, told):
    choose(bob, hinted=Way.DIGEST)
    delivery = told()
    deliver()
    assert state_of(delivery) == State.GATHERED

    choose(bob, hinted=way)
    deliver()

    assert state_of(delivery) == state


@pytest.mark.parametrize("at", [NIGHT, SATURDAY], ids=["night", "saturday"])
def test_out_of_hours_a_mail_waits_for_the_next_working_morning(at, bob, told):
    delivery = told()

    deliver(at)

    assert state_of(delivery) == State.WAITING
    morning = delivery.due_at.astimezone(ZoneInfo(bob.account.time_zone))
    assert morning.isoweekday() <= 5
    assert (morning.hour, morning.minute) == (7, 30)
    assert mail.outbox == []


def test_an_urgent_mail_goes_out_at_night(told):
    delivery = told(ALARM)

    deliver(NIGHT)

    assert state_of(delivery) == State.SENT


# --- the digest ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def gathered(bob, told):
    """Two notices that wait for Bob's digest."""
    choose(bob, hinted=Way.DIGEST, called=Way.DIGEST)
    both = [told(HINT), told(CALL)]
    deliver()
    return both


def the_digest():
    return Delivery.objects.filter(letter=digest.LETTER).latest("due_at")


def deliver_digest():
    row = the_digest()
    past_due(pk=row.pk)
    deliver(row.due_at)
    row.refresh_from_db()
    return row


def test_a_digest_is_planned_for_the_next_morning_once(bob, gathered):
    row = the_digest()

    assert Delivery.objects.filter(letter=digest.LETTER).count() == 1
    local = row.due_at.astimezone(ZoneInfo(bob.account.time_zone))
    assert (local.date(), local.hour, local.minute) == (NOON.date() + timedelta(days=1), 9, 30)
    assert row.key == f"digest:{bob.membership.pk}:{NOON.date() + timedelta(days=1)}"


def test_a_digest_names_what_is_unread_with_a_link_each_and_no_case_content(bob, meeting, gathered, settings):
    assert queries.standing(timezone.now()).of(State.GATHERED) == len(gathered)

    row = deliver_digest()

    assert row.state == State.SENT
    assert queries.standing(timezone.now()).of(State.GATHERED) == 0
    (message,) = mail.outbox
    assert message.to == [bob.account.email]
    assert message.body.count(f"{settings.WBCJ_ADDRESS}/r/{meeting}/") == 2
    assert "Something happened." in message.body
    assert "Something has to be answered." in message.body
    for secret in ("KRONOS", "Kronos", "Ann"):
        assert secret not in f"{message.subject}{message.body}"


def test_a_digest_with_nothing_unread_is_not_sent(bob, gathered):
    with bob.acting() as actor:
        inbox.mark_read(by=actor, at=timezone.now())

    assert deliver_digest().outcome == "nothing unread"
    assert mail.outbox == []
    assert {state_of(one) for one in gathered} == {State.OFF}


def test_a_digest_does_not_name_what_is_not_visible_any_more(ann, meeting, gathered):
    with ann.acting() as actor:
        for share in access.models.Share.objects.visible_to(actor).filter(root=meeting, reason=Reason.SHARE):
            access.revoke(by=actor, share_id=share.pk)

    assert deliver_digest().state == State.OFF
    assert mail.outbox == []


def test_no_notice_stands_in_two_digests_even_when_nobody_knows_of_the_first(bob, told, gathered):
    day_after = the_digest().due_at + timedelta(hours=2)
    first = deliver_digest()
    Delivery.objects.filter(pk=first.pk).update(state=State.AMBIGUOUS)
    told(HINT)
    deliver(day_after)

    second = deliver_digest()

    assert second.pk != first.pk
    assert mail.outbox[-1].body.count("/r/") == 1


def test_what_is_gathered_after_the_digest_was_composed_waits_for_the_next(bob, told, gathered):
    first = the_digest()
    Delivery.objects.filter(pk=first.pk).update(
        state=State.SENDING, leased_until=NOON + timedelta(minutes=1), token=uuid4()
    )
    told(HINT)

    deliver()

    assert the_digest().pk != first.pk
    assert the_digest().due_at > first.due_at


def test_a_digest_that_was_not_sent_is_tried_again_with_the_same_notices(gathered, sink):
    sink.answers["RCPT"] = "450 later"
    assert deliver_digest().state == State.WAITING
    sink.answers.clear()

    assert deliver_digest().state == State.SENT
    assert sink.taken[0].count("/r/") == 2


@pytest.mark.parametrize("zone", ["Europe/Belgrade", "Europe/Tirane", "Europe/Lisbon", "America/New_York"])
def test_a_digest_comes_at_the_same_local_time_across_every_change_of_the_clocks(zone):
    calendar = Calendar(ZoneInfo(zone))
    at = datetime(2025, 12, 31, 12, tzinfo=UTC)
    seen = set()
    for _day in range(365):
        day, due_at = digest.next_after(at, calendar, calendar.today(at))
        local = due_at.astimezone(calendar.zone)
        seen.add((local.hour, local.minute))
        assert local.date() == day
        assert due_at > at
        assert day.isoweekday() <= 5
        at = due_at
    assert seen == {(9, 30)}


def test_a_digest_that_would_come_on_a_day_off_waits_for_the_next_working_morning(bob, gathered):
    row = the_digest()
    Holiday.objects.create(partner=bob.membership.authority.partner, day=row.due_at.date(), name="New")

    assert deliver_digest().state == State.WAITING
    assert mail.outbox == []


# --- the page --------------------------------------------------------------------------------------------------------------------


def test_the_page_offers_each_kind_the_ways_that_it_allows_and_keeps_the_choice(bob, browser):
    his, address = browser(bob), reverse("notification_preferences")
    page = his.get(address)
    form = page.context["form"]
    assert {value for value, _label in form.fields["cases.invitation.sent"].choices} == {"at_once", "digest"}
    chosen = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}

    answer = his.post(address, {**chosen, "cases.task.given": "off", "submission_key": str(uuid4())})

    assert answer.status_code == 302
    assert his.get(address).context["form"].initial["cases.task.given"] == "off"


def test_a_choice_that_is_not_offered_comes_back_with_an_error(bob, browser):
    his, address = browser(bob), reverse("notification_preferences")
    form = his.get(address).context["form"]
    chosen = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}

    answer = his.post(address, {**chosen, "cases.invitation.sent": "off", "submission_key": str(uuid4())})

    assert answer.status_code == 422
    with bob.acting() as actor:
        assert preferences.chosen(actor) == {}


def test_somebody_who_reads_no_inbox_chooses_nothing(house, browser):
    eve = house.person("Eve", "RS", Role.TECHNICAL_ADMINISTRATOR)

    assert browser(eve).get(reverse("notification_preferences")).status_code == 403


def test_every_kind_of_every_app_stands_under_a_heading():
    ours = {name for name in kinds._kinds if not name.startswith("tests.")}
    assert {kind.name for _area, of_area in kinds.by_area() for kind in of_area} == ours


def test_only_open_deliveries_of_one_membership_are_decided_again(ann, bob, told):
    delivery = told()
    deliver()

    rows.decide_again(bob.membership.pk, at=timezone.now())
    rows.decide_again(ann.membership.pk, at=timezone.now())

    assert state_of(delivery) == State.SENT
    assert Notice.objects.count() == 0  # without an actor nothing is read
