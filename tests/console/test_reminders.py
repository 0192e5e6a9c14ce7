"""The rules of reminders in the console: who sets them, what follows, and that nothing that has begun is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import actions as case_actions
from foundation import access
from foundation.audit import events
from foundation.notifications.calendars import calendar_of
from foundation.notifications.reference import load
from foundation.notifications.reminders import actions, sweeping
from foundation.notifications.reminders.models import Holiday, Offset, Planned, Reminder, WorkingHours
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Partner
from tests.cases.cast import CaseWorld
from tests.console.test_console import done, tina

KIND = "cases.task.due"
__all__ = ["tina"]


def in_days(number: int) -> date:
    return timezone.now().astimezone(UTC).date() + timedelta(days=number)


def fill(client, page, keys=None, **values):
    return client.post(reverse(page, kwargs=keys), {"submission_key": str(uuid4()), **values})


def verbs(person):
    with person.acting() as actor:
        return {event.verb for event in events.newest(actor, before=None)}


def test_an_offset_is_added_from_a_day_to_come_and_dates_that_stand_get_it(tina, browser):
    WorkingHours.objects.update(days=[1, 2, 3, 4, 5, 6, 7])
    Holiday.objects.all().delete()
    world = CaseWorld()
    case = world.open()
    with world.ann.acting() as actor:
        due_at = world.noon(12)
        group = world.ann.membership.group_id
        case_actions.give_task(case=case, assignee=group, title="A", text="", due_at=due_at, by=actor, at=world.now)
    sweeping.plan(clock=lambda: world.now)
    assert sorted(Reminder.objects.filter(kind=KIND).values_list("days", flat=True)) == [0, 1, 7]

    answer = fill(browser(tina), "console_offset", kind=KIND, days="3", valid_from=in_days(1).isoformat())
    sweeping.plan(clock=lambda: world.now)

    assert answer.headers["Location"] == reverse("console_reminders")
    assert sorted(Reminder.objects.filter(kind=KIND).values_list("days", flat=True)) == [0, 1, 3, 7]
    assert "notifications.offset.set" in verbs(tina)


def test_an_offset_that_ends_takes_its_reminders_with_it(tina, browser):
    offset = Offset.objects.get(kind=KIND, days=7)

    fill(browser(tina), "console_offset_end", {"offset": offset.pk}, valid_until=in_days(0).isoformat())

    offset.refresh_from_db()
    assert offset.valid_until == in_days(0)
    assert not Planned.objects.filter(kind=KIND).exists()
    assert fill(browser(tina), "console_offset_end", {"offset": offset.pk}).status_code == 404


def test_an_offset_that_has_not_begun_is_withdrawn_and_stays_on_record(tina):
    with tina.acting() as actor:
        at = timezone.now()
        made = actions.set_offset(kind=KIND, days=30, valid_from=in_days(5), by=actor, at=at)
        actions.end_offset(offset=made, valid_until=in_days(2), by=actor, at=at)

    made.refresh_from_db()
    assert made.withdrawn_at is not None
    assert not Offset.objects.standing().filter(pk=made.pk).exists()


def test_an_offset_that_has_begun_is_not_withdrawn_by_an_end_before_it_began(tina):
    offset = Offset.objects.get(kind=KIND, days=7)
    before = offset.valid_from - timedelta(days=1)
    with tina.acting() as actor, pytest.raises(actions.UnableToSet, match="in the past"):
        actions.end_offset(offset=offset, valid_until=before, by=actor, at=timezone.now())


def test_an_offset_may_be_set_with_its_end_before_the_next_one_begins(tina):
    days = {"kind": KIND, "days": 30, "at": timezone.now()}
    with tina.acting() as by:
        actions.set_offset(**days, valid_from=in_days(20), by=by)
        actions.set_offset(**days, valid_from=in_days(5), valid_until=in_days(19), by=by)
        with pytest.raises(actions.UnableToSet, match="already"):
            actions.set_offset(**days, valid_from=in_days(2), valid_until=in_days(5), by=by)


@pytest.mark.parametrize(
    ("kind", "days", "from_day"),
    [(KIND, 3, 0), (KIND, 3, -1), (KIND, 7, 1), (KIND, 91, 1), (KIND, -1, 1), ("tests.no.such", 3, 1)],
)
def test_an_offset_that_would_change_what_has_begun_is_refused(kind, days, from_day, tina):
    with tina.acting() as actor, pytest.raises(actions.UnableToSet):
        actions.set_offset(kind=kind, days=days, valid_from=in_days(from_day), by=actor, at=timezone.now())


def test_quiet_hours_of_a_partner_hold_from_their_day_and_for_it_alone(tina, browser):
    albania, serbia = (Partner.objects.get(code=code) for code in ("AL", "RS"))
    begins = in_days(1)

    fill(
        browser(tina), "console_hours", partner=albania.pk, valid_from=begins.isoformat(), opens="08:00",
        reminds="08:30", closes="16:00", days=["1", "2"],
    )  # fmt: skip

    theirs, others = (calendar_of(one.pk, one.time_zone) for one in (albania, serbia))
    assert theirs.on(begins).reminds == time(8, 30)
    assert theirs.on(begins).days == {1, 2}
    assert theirs.on(in_days(0)).reminds == time(9)
    assert others.on(begins).reminds == time(9)


def test_hours_out_of_order_are_refused(tina, browser):
    answer = fill(
        browser(tina), "console_hours", partner="", valid_from=in_days(1).isoformat(), opens="10:00", reminds="09:00",
        closes="16:00", days=["1"],
    )  # fmt: skip

    assert answer.status_code == 409
    assert WorkingHours.objects.count() == 1


def test_a_holiday_is_added_and_struck_out_and_loading_does_not_bring_it_back(tina, browser):
    albania = Partner.objects.get(code="AL")
    day = next(in_days(n) for n in range(1, 9) if calendar_of(albania.pk, "UTC").works(in_days(n)))

    fill(browser(tina), "console_holiday", partner=albania.pk, day=day.isoformat(), name="Day of the lake")
    assert not calendar_of(albania.pk, "UTC").works(day)
    made = Holiday.objects.get(partner=albania, day=day)
    assert fill(browser(tina), "console_holiday_strike", {"holiday": made.pk}).status_code == 302

    load()
    assert calendar_of(albania.pk, "UTC").works(day)


@pytest.mark.django_db
def test_the_six_partners_come_with_their_public_holidays():
    """As the library knows them; new year is one everywhere."""
    year = datetime.now(UTC).year + 1
    codes = Holiday.objects.filter(day=date(year, 1, 1)).values_list("partner__code", flat=True)

    assert {"AL", "BA", "XK", "ME", "MK", "RS"} <= set(codes)
    assert set(Holiday.objects.values_list("source", flat=True)) == {Holiday.objects.all()[0].source}
    assert load() == 0


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.TECHNICAL_ADMINISTRATOR}))
def test_nobody_else_sets_the_rules_of_reminders(role, house):
    somebody = house.person("Somebody", "EJ", role, authority="Desk")
    facts = {"at": timezone.now()}
    with somebody.acting() as by:
        holiday = Holiday.objects.all()[0]
        offset = Offset.objects.all()[0]
        hours = {"opens": time(8), "reminds": time(9), "closes": time(17), "days": [1]}
        for act in (
            lambda: actions.set_offset(kind=KIND, days=3, valid_from=in_days(1), by=by, **facts),
            lambda: actions.end_offset(offset=offset, valid_until=in_days(1), by=by, **facts),
            lambda: actions.set_hours(partner=None, valid_from=in_days(1), **hours, by=by, **facts),
            lambda: actions.add_holiday(partner=holiday.partner, day=in_days(1), name="X", by=by, **facts),
            lambda: actions.strike_holiday(holiday=holiday, by=by, **facts),
            lambda: actions.run_again(reminder_id=uuid4(), by=by, **facts),
        ):
            with pytest.raises(access.Forbidden):
                act()


def test_a_failed_reminder_is_listed_and_runs_again(tina, browser):
    now = timezone.now()
    failed = Reminder.objects.create(
        kind=KIND, obligation=uuid4(), account=tina.account.pk, membership=tina.membership.pk, days=1, due_at=now,
        given_at=now, planned_at=now, attempts=8, failed_at=now, outcome="ValueError",
    )  # fmt: skip
    page = browser(tina).get(reverse("console_reminders")).content.decode()
    place = reverse("console_reminder_run_again", kwargs={"reminder": failed.pk})
    assert place in page

    hers, sent = browser(tina), {"submission_key": str(uuid4())}
    assert [hers.post(place, sent).status_code for _time in range(2)] == [302, 302]

    failed.refresh_from_db()
    assert (failed.failed_at, failed.attempts) == (None, 0)
    assert hers.post(place, {"submission_key": str(uuid4())}).status_code == 409, "it has not failed any more"
    assert done(tina, "notifications.reminder.run_again") == [(tina.membership.pk, failed.pk)]
