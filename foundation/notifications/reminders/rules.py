"""What the dated rows of reminders may be. Pure, so that an act and the dry run of a file ask the same.

Every sentence is fit for the user.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, time

from django.utils.translation import gettext as _

from foundation.notifications.reminders import kinds
from foundation.notifications.reminders.models import Holiday, Offset
from foundation.workflow.refusals import Complaint

MOST_DAYS = 90


def offset(*, kind: str, days: int, valid_from: date, valid_until: date | None, on: date) -> Iterator[Complaint]:
    """What is wrong with an offset that is to be set; which others stand is not looked at."""
    if kinds.named(kind) is None or not 0 <= days <= MOST_DAYS:
        yield "kind", _("Choose a kind of reminders and at most 90 days.")
    if valid_until is not None and valid_until < valid_from:
        yield "valid_until", _("The last day lies before the first.")
    yield from _to_come("valid_from", valid_from, on)


def end_of_offset(offset: Offset, valid_until: date, *, on: date) -> Iterator[Complaint]:
    """Why this cannot be the last day of an offset that stands; a day before it begins withdraws it."""
    if offset.withdrawn_at is not None or offset.valid_until is not None:
        yield "valid_until", _("An end is set for these reminders already.")
    elif valid_until < on and offset.valid_from <= on:
        yield "valid_until", _("The end lies in the past.")


def hours(
    *, valid_from: date, opens: time, closes: time, reminds: time, days: Collection[int], on: date
) -> Iterator[Complaint]:
    """What is wrong with working hours that are to be set."""
    yield from _to_come("valid_from", valid_from, on)
    if not opens <= reminds < closes or not days or not set(days) <= set(range(1, 8)):
        yield (
            "reminds",
            _("The day begins, reminders are given, the day ends: in this order, on one day of the week at least."),
        )


def holiday(*, day: date, on: date) -> Iterator[Complaint]:
    """Why no holiday can be entered on that day."""
    yield from _to_come("day", day, on)


def striking(holiday: Holiday, *, on: date) -> Iterator[Complaint]:
    """Why a holiday cannot be struck out."""
    if holiday.struck_at is not None or holiday.day < on:
        yield "struck", _("This holiday is over, or was struck out already.")


def _to_come(name: str, day: date, on: date) -> Iterator[Complaint]:
    if day <= on:
        yield name, _("Choose tomorrow or a later day.")
