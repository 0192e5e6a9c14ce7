"""How money, instants, deadlines and sizes read, on a page, in a mail and on paper alike."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.utils import formats, timezone, translation
from django.utils.translation import gettext, ngettext, pgettext

NBSP: Final = "\N{NO-BREAK SPACE}"
_DOTTED_DATES: Final = {"bs", "cnr", "sr", "sr-latn"}
_SOON: Final = timedelta(days=3)
_KILO: Final = 1000
_UNITS: Final = ("kB", "MB", "GB")
_MINUTES_IN_HOUR: Final = 60


def money(amount: Decimal, currency: str) -> str:
    """An amount with its ISO 4217 currency, two decimals, grouped by thousands; never breaks over a line."""
    number = formats.number_format(amount.quantize(Decimal("0.01")), decimal_pos=2, use_l10n=True, force_grouping=True)
    return f"{currency}{NBSP}{number}".replace(" ", NBSP)


def day(value: date) -> str:
    """A date with the month in words, as 3 May 2026 or 3. maj 2026., so that no two partners read it differently."""
    pattern = "j. F Y." if translation.get_language() in _DOTTED_DATES else "j F Y"
    return formats.date_format(value, pattern).replace(" ", NBSP)


def instant(at: datetime) -> str:
    """An instant in the viewer's zone, with the zone's name: 3 May 2026, 14:05 CEST."""
    local = timezone.localtime(at)
    return f"{day(local.date())}, {clock(at)}{NBSP}{local.tzname()}"


def clock(at: datetime) -> str:
    """What the viewer's clock showed, for something of just now: 14:05."""
    return f"{timezone.localtime(at):%H:%M}"


def relative(at: datetime, now: datetime) -> str:
    """How far away: in 3 days, in 5 hours, 2 days ago. Days are those of the viewer's calendar."""
    days = (timezone.localtime(at).date() - timezone.localtime(now).date()).days
    if days == 0:
        return _within_the_day(at, now)
    if days == 1:
        return pgettext("deadline", "tomorrow")
    if days > 1:
        return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
    return ngettext("%(count)d day ago", "%(count)d days ago", -days) % {"count": -days}


def deadline_state(at: datetime, now: datetime) -> str:
    """`late`, `soon` (three days at most) or `calm`."""
    if at < now:
        return "late"
    return "soon" if at - now <= _SOON else "calm"


def size(count: int) -> str:
    """A file size in the largest unit that leaves at least one: 0 bytes, 12 kB, 3.4 MB. Units are decimal."""
    if count < _KILO:
        return (ngettext("%(count)d byte", "%(count)d bytes", count) % {"count": count}).replace(" ", NBSP)
    power = min((len(str(count)) - 1) // 3, len(_UNITS))
    value = (Decimal(count) / _KILO**power).quantize(Decimal("0.1"))
    return f"{formats.number_format(value, decimal_pos=1)}{NBSP}{_UNITS[power - 1]}"


def _within_the_day(at: datetime, now: datetime) -> str:
    minutes = int(abs(at - now) / timedelta(minutes=1))
    ahead = at >= now
    if minutes == 0:
        return gettext("now")
    if minutes < _MINUTES_IN_HOUR:
        text = (
            ngettext("in %(count)d minute", "in %(count)d minutes", minutes)
            if ahead
            else ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes)
        )
        return text % {"count": minutes}
    hours = minutes // _MINUTES_IN_HOUR
    text = (
        ngettext("in %(count)d hour", "in %(count)d hours", hours)
        if ahead
        else ngettext("%(count)d hour ago", "%(count)d hours ago", hours)
    )
    return text % {"count": hours}
