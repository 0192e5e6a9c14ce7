"""Due instants are right in every zone of the partners and at every change of the clocks, 2024 to 2035.

The oracle knows no local-time arithmetic: it walks the minutes of UTC and asks ``zoneinfo`` what the clocks on the wall show.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.notifications import quiet
from foundation.notifications.quiet import DAY, USUAL, Calendar, Hours, instant, next_allowed
from foundation.notifications.reminders.instants import AT_LEAST_BEFORE, Ahead, given_at, nominal, plan

PARTNERS = Path(__file__).parents[2] / "partners" / "reference" / "partners.csv"
with PARTNERS.open(encoding="utf-8", newline="") as _file:
    ZONES = sorted({row["time_zone"] for row in csv.DictReader(_file) if row["kind"] == "western_balkan"})
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BEGIN, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)


def transitions(name: str) -> list[datetime]:
    """Every instant in those years at which the offset of a zone changes, found by halving."""
    zone, found, at = ZoneInfo(name), [], BEGIN
    while at < END:
        low, high = at, at + DAY
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            while high - low > MINUTE:
                middle = low + (high - low) // 2
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        at += DAY
    return found


CHANGES = [(name, at) for name in ZONES for at in transitions(name)]


def on_the_wall(day: date, clock: time, name: str) -> datetime:
    """The first minute at which the clocks of that zone show the time; in a gap, as many minutes after its beginning as they lost."""
    zone, wanted = ZoneInfo(name), datetime.combine(day, clock)
    first = datetime.combine(day, clock, UTC) - timedelta(hours=15)
    before = None
    for number in range(30 * 60):
        at = first + number * MINUTE
        shown = at.astimezone(zone).replace(tzinfo=None)
        if shown == wanted:
            return at
        if before is not None and before < wanted < shown:  # the clocks leapt over it
            return at + (wanted - before - MINUTE)
        before = shown
    raise AssertionError(f"{wanted} is shown nowhere in {name}")


def test_there_are_two_changes_a_year_in_every_zone():
    assert len(ZONES) == 5, "five zones, for two of the six partners share one"
    assert {name: sum(zone == name for zone, _at in CHANGES) for name in ZONES} == dict.fromkeys(ZONES, 24)


@pytest.mark.parametrize(
    ("name", "change"), CHANGES, ids=lambda value: f"{value:%Y-%m-%d}" if value != str(value) else value
)
def test_every_quarter_of_an_hour_around_each_change_is_read_as_the_rule_says(name, change):
    """Gap and fold are hit: the local hours from 0 to 5 of the day of the change, 20 quarters each."""
    zone = ZoneInfo(name)
    day = change.astimezone(zone).date()
    for quarter in range(20):
        clock = time(quarter // 4, quarter % 4 * 15)
        assert instant(day, clock, zone) == on_the_wall(day, clock, name)


@pytest.mark.parametrize(("name", "change"), CHANGES[::6])
@pytest.mark.parametrize("days", [0, 1, 7])
def test_a_morning_before_and_after_a_change_is_nine_on_the_wall(name, change, days):
    calendar = Calendar(ZoneInfo(name))
    for step in range(9):
        due_at = change + step * DAY
        at = nominal(due_at, days, calendar).astimezone(calendar.zone)
        due_day = due_at.astimezone(calendar.zone).date()
        assert at.time() == USUAL.reminds
        assert at.date() in {due_day - days * DAY, due_day - (days + 1) * DAY}


names = st.sampled_from(ZONES)
days = st.dates(date(2024, 1, 1), date(2035, 12, 31))
clocks = st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None))
near_changes = st.builds(
    lambda change, minutes: (change[0], change[1] + minutes * MINUTE),
    st.sampled_from(CHANGES),
    st.integers(-3 * 24 * 60, 3 * 24 * 60),
)
anywhere = st.tuples(names, st.datetimes(BEGIN.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(UTC)))
places = near_changes | anywhere


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    opens, reminds, closes = sorted(draw(st.lists(clocks, min_size=3, max_size=3, unique=True)))
    week = draw(st.sets(st.integers(1, 7), min_size=1))
    return Hours(valid_from=date.min, opens=opens, reminds=reminds, closes=closes, days=frozenset(week))


@st.composite
def calendars(draw: st.DrawFn, name: str, around: date) -> Calendar:
    off = draw(st.sets(st.integers(-10, 10), max_size=6))
    rows = (draw(hours()),) if draw(st.booleans()) else ()
    return Calendar(ZoneInfo(name), rows, frozenset(around + number * DAY for number in off))


@settings(max_examples=150, deadline=None)
@given(name=names, day=days, clock=clocks)
def test_a_local_time_is_the_instant_that_zoneinfo_shows(name, day, clock):
    assert instant(day, clock, ZoneInfo(name)) == on_the_wall(day, clock, name)


@settings(max_examples=300, deadline=None)
@given(place=places, ahead=st.integers(0, 90))
def test_a_reminder_comes_in_the_morning_the_days_before_by_the_calendar(place, ahead):
    """By days of the calendar and never by 24 hours: the oracle counts midnights on the wall."""
    name, due_at = place
    calendar = Calendar(ZoneInfo(name))
    due_day = due_at.astimezone(calendar.zone).date()

    at = nominal(due_at, ahead, calendar)

    on_the_day = on_the_wall(due_day - ahead * DAY, USUAL.reminds, name)
    assert at in {on_the_day, on_the_wall(due_day - (ahead + 1) * DAY, USUAL.reminds, name)}
    assert (at == on_the_day) == (on_the_day <= due_at - AT_LEAST_BEFORE)
    assert at <= due_at - AT_LEAST_BEFORE


@settings(max_examples=300, deadline=None)
@given(data=st.data(), place=places)
def test_what_may_arrive_next_is_the_first_allowed_minute(data, place):
    name, at = place
    calendar = data.draw(calendars(name, at.date()))

    allowed = next_allowed(at, calendar)

    assert allowed >= at
    assert _allowed(allowed, calendar)
    assert next_allowed(allowed, calendar) == allowed
    for step in range(1, 60):
        between = at + (allowed - at) * step / 60
        if between < allowed:
            assert not _allowed(between, calendar)
    assert next_allowed(at, calendar, urgent=True) == at


def _allowed(at: datetime, calendar: Calendar) -> bool:
    day = at.astimezone(calendar.zone).date()
    rule = calendar.on(day)
    opens, closes = (instant(day, clock, calendar.zone) for clock in (rule.opens, rule.closes))
    return calendar.works(day) and opens <= at < closes


@settings(max_examples=300, deadline=None)
@given(data=st.data(), place=places, ahead=st.integers(0, 30), hours_left=st.integers(0, 2000))
def test_a_reminder_keeps_working_days_and_never_comes_after_its_date(data, place, ahead, hours_left):
    name, due_at = place
    calendar = data.draw(calendars(name, due_at.date()))
    since = due_at - hours_left * HOUR

    at = given_at(due_at, ahead, calendar, urgent=False, since=since)

    meant = nominal(due_at, ahead, calendar)
    assert at <= due_at - AT_LEAST_BEFORE
    if at < meant:
        assert calendar.works(calendar.today(at))
        assert at == calendar.morning(calendar.today(at))
        passed = (
            calendar.today(at) + number * DAY
            for number in range(1, (calendar.today(meant) - calendar.today(at)).days + 1)
        )
        assert not any(calendar.works(day) for day in passed)
    if at > meant:
        assert at == next_allowed(meant, calendar)
    assert given_at(due_at, ahead, calendar, urgent=True, since=since) == meant


@settings(max_examples=200, deadline=None)
@given(data=st.data(), place=places)
def test_no_two_reminders_of_one_date_come_at_one_instant(data, place):
    name, due_at = place
    calendar = data.draw(calendars(name, due_at.date()))
    rows = [Ahead(days=number, valid_from=date.min, valid_until=None) for number in (14, 7, 3, 2, 1, 0)]

    planned = plan(due_at, rows, calendar, urgent=False, since=due_at - 60 * DAY)

    assert planned
    assert len(set(planned.values())) == len(planned)
    assert sorted(planned, reverse=True) == sorted(planned, key=planned.__getitem__)


def test_a_weekend_before_a_monday_leaves_one_reminder_on_friday():
    calendar = Calendar(ZoneInfo("Europe/Tirane"))
    monday = instant(date(2026, 11, 30), time(12), calendar.zone)
    rows = [Ahead(days=number, valid_from=date.min, valid_until=None) for number in (2, 1)]

    planned = plan(monday, rows, calendar, urgent=False, since=monday - 30 * DAY)

    assert planned == {1: instant(date(2026, 11, 27), time(9), calendar.zone)}


def test_an_offset_counts_on_the_days_for_which_it_was_set():
    calendar = Calendar(ZoneInfo("Europe/Skopje"))
    due_at = instant(date(2026, 12, 10), time(12), calendar.zone)
    over = Ahead(days=7, valid_from=date(2024, 1, 1), valid_until=date(2026, 12, 2))
    to_come = Ahead(days=2, valid_from=date(2026, 12, 8), valid_until=None)

    assert set(plan(due_at, [over, to_come], calendar, urgent=False, since=due_at - 30 * DAY)) == {2}


def test_hours_change_on_the_day_from_which_they_hold():
    early = Hours(
        valid_from=date(2026, 3, 2), opens=time(6), closes=time(15), reminds=time(8), days=frozenset({1, 2, 3, 4})
    )
    calendar = Calendar(ZoneInfo("Europe/Belgrade"), (USUAL, early))

    assert calendar.on(date(2026, 3, 1)) == USUAL
    assert calendar.on(date(2026, 3, 2)) == early
    assert not calendar.works(date(2026, 3, 6))


def test_a_calendar_that_never_works_holds_nothing_up():
    nothing = Calendar(ZoneInfo("UTC"), (), frozenset(date(2026, 1, 1) + number * DAY for number in range(400)))
    at = datetime(2026, 3, 1, 3, tzinfo=UTC)

    assert next_allowed(at, nothing) == at


def test_a_zone_that_is_none_is_read_as_utc():
    assert quiet.zone_of("Nowhere/At_All") == ZoneInfo("UTC")
    assert quiet.zone_of("../../etc/passwd") == ZoneInfo("UTC")
