"""How money, instants and deadlines read."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from foundation.components import formats

NOW = datetime(2026, 5, 3, 20, 0, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_money_has_its_currency_and_never_breaks() -> None:
    text = formats.money(Decimal(6000000), "EUR")

    assert plain(text).startswith("EUR 6")
    assert plain(text).endswith("000.00")
    assert " " not in text


def test_an_instant_is_told_in_the_viewers_zone_with_its_name() -> None:
    with timezone.override(ZoneInfo("Europe/Tirane")):
        assert plain(formats.instant(NOW)) == "3 May 2026, 22:00 CEST"
    with timezone.override(ZoneInfo("UTC")):
        assert plain(formats.instant(NOW)) == "3 May 2026, 20:00 UTC"


def test_the_clock_counts_to_24_in_the_viewers_zone() -> None:
    with timezone.override(ZoneInfo("Europe/Tirane")):
        assert formats.clock(NOW) == "22:00"


def test_a_date_follows_the_habit_of_the_language() -> None:
    with translation.override("sr-latn"):
        assert plain(formats.day(date(2026, 5, 3))) == "3. maj 2026."
    with translation.override("sq"):
        assert plain(formats.day(date(2026, 5, 3))).startswith("3 ")


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(days=3), "in 3 days"),
        (timedelta(days=1), "tomorrow"),
        (timedelta(hours=1), "in 1 hour"),
        (timedelta(minutes=40), "in 40 minutes"),
        (timedelta(seconds=10), "now"),
        (timedelta(minutes=-5), "5 minutes ago"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(days=-1), "1 day ago"),
    ],
)
def test_a_deadline_says_how_far_away_it_is(away: timedelta, said: str) -> None:
    with timezone.override(ZoneInfo("UTC")):
        assert formats.relative(NOW + away, NOW) == said


def test_tomorrow_is_the_viewers_tomorrow() -> None:
    at = NOW + timedelta(hours=3)

    with timezone.override(ZoneInfo("Europe/Tirane")):
        assert formats.relative(at, NOW) == "tomorrow"
    with timezone.override(ZoneInfo("America/New_York")):
        assert formats.relative(at, NOW) == "in 3 hours"


@pytest.mark.parametrize(
    ("away", "state"),
    [(timedelta(seconds=-1), "late"), (timedelta(0), "soon"), (timedelta(days=3), "soon"), (timedelta(days=4), "calm")],
)
def test_a_deadline_is_late_soon_or_calm(away: timedelta, state: str) -> None:
    assert formats.deadline_state(NOW + away, NOW) == state


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (3_400_000, "3.4 MB"),
        (5 * 10**13, "50000.0 GB"),
    ],
)
def test_a_size_is_told_in_the_largest_unit_that_leaves_one(count: int, said: str) -> None:
    assert plain(formats.size(count)) == said
