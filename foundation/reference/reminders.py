"""The rules of reminders, as kinds of reference data: days before a date, quiet hours, public holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.notifications.permissions import NotificationsPermission
from foundation.notifications.reminders import actions, rules
from foundation.notifications.reminders.models import Holiday, Offset, WorkingHours
from foundation.reference import history
from foundation.reference.acts import ActKind, Asks
from foundation.reference.kinds import FROM, UNTIL, Column, DayField, Values, text
from foundation.reference.models import Act
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Partner
from foundation.workflow.refusals import Complaint

_DAY: Final = timedelta(days=1)


class WeekField(forms.CharField):
    """Days of the week by their numbers, Monday is 1: as 1 2 3 4 5."""

    def to_python(self, value: Any) -> Any:
        """Each of them once, in order."""
        said = set((super().to_python(value) or "").split())
        if not said <= set("1234567"):
            raise ValidationError(_("Write the days of the week by their numbers, from 1 for Monday to 7: 1 2 3 4 5."))
        return sorted(map(int, said))


def _taken_back(name: str, label: Any, field: str) -> Column:
    return Column(
        name=name,
        label=label,
        make=partial(forms.BooleanField, required=False),
        reads=lambda row: getattr(row, field) is not None,
    )


def _clock(name: str, label: Any) -> Column:
    return Column(name=name, label=label, make=forms.TimeField)


def _code(row: Any) -> str:
    return "" if row.partner is None else str(row.partner.code)


def _partner(*, required: bool) -> Column:
    """By its code: names differ between languages."""
    make = partial(forms.CharField, max_length=20, required=required)
    return Column(name="partner", label=gettext_lazy("Partner"), make=make, reads=_code, needed=True)


# --- Days before a date -----------------------------------------------------------------------------------------------------------


def _asking_of_offsets(on: date) -> Asks:
    def asks(act: Act, row: Any, after: Values) -> Iterator[Complaint]:
        if act == Act.ADDED:
            until = after.get(UNTIL.name)
            days = {"valid_from": after[FROM.name], "valid_until": until}
            yield from rules.offset(kind=after["kind"], days=after["days"], **days, on=on)
        elif act == Act.WITHDRAWN and row.valid_from <= on:
            yield "withdrawn", _("These reminders have begun. Set their last day instead.")
        else:
            yield from rules.end_of_offset(row, _end(act, row, after), on=on)

    return asks


def _end(act: Act, row: Any, after: Values) -> date:
    """A day before the first withdraws; an end that was taken out of the file lies nowhere."""
    if act == Act.WITHDRAWN:
        return row.valid_from - _DAY  # type: ignore[no-any-return]  # a day of the row
    return after[UNTIL.name] or date.min


def _write_offset(act: Act, row: Any, after: Values, by: Actor, at: datetime) -> None:
    if act == Act.ADDED:
        days = {"valid_from": after[FROM.name], "valid_until": after.get(UNTIL.name)}
        actions.set_offset(kind=after["kind"], days=after["days"], **days, by=by, at=at)
    else:
        actions.end_offset(offset=row, valid_until=_end(act, row, after), by=by, at=at)


OFFSETS = ActKind(
    name="reminders",
    label=gettext_lazy("Days before a date"),
    key=("kind", "days"),
    own=(
        text("kind", gettext_lazy("Date"), most=60),
        Column(
            name="days",
            label=gettext_lazy("Days before"),
            make=partial(forms.IntegerField, min_value=0, max_value=rules.MOST_DAYS),
        ),
        FROM,
        UNTIL,
        _taken_back("withdrawn", gettext_lazy("Withdrawn"), "withdrawn_at"),
    ),
    gone="withdrawn",
    change=NotificationsPermission.SET_REMINDERS,
    read=lambda: list(Offset.objects.order_by("kind", "days", "valid_from", "set_at")),
    moves=frozenset({UNTIL.name, "withdrawn"}),
    asking=_asking_of_offsets,
    write=_write_offset,
)


# --- Quiet hours and working days -------------------------------------------------------------------------------------------------

_TIMES: Final = ("opens", "reminds", "closes", "days")


def _asking_of_hours(on: date) -> Asks:
    known = _partners()

    def asks(act: Act, row: Any, after: Values) -> Iterator[Complaint]:
        if after["partner"]:
            yield from _known(known, after)
        yield from rules.hours(valid_from=after[FROM.name], **{name: after[name] for name in _TIMES}, on=on)

    return asks


def _write_hours(act: Act, row: Any, after: Values, by: Actor, at: datetime) -> None:
    partner = Partner.objects.get(code=after["partner"]) if after["partner"] else None
    times = {name: after[name] for name in _TIMES}
    actions.set_hours(partner=partner, valid_from=after[FROM.name], **times, by=by, at=at)


HOURS = ActKind(
    name="hours",
    label=gettext_lazy("Quiet hours and working days"),
    key=("partner",),
    own=(
        _partner(required=False),
        FROM,
        _clock("opens", gettext_lazy("Mails from")),
        _clock("reminds", gettext_lazy("Reminders at")),
        _clock("closes", gettext_lazy("Quiet from")),
        Column(name="days", label=gettext_lazy("Working days"), make=WeekField),
    ),
    change=NotificationsPermission.SET_REMINDERS,
    read=lambda: list(WorkingHours.objects.select_related("partner").order_by("partner__position", "valid_from")),
    moves=frozenset(),
    asking=_asking_of_hours,
    write=_write_hours,
)


# --- Public holidays --------------------------------------------------------------------------------------------------------------


def _asking_of_holidays(on: date) -> Asks:
    known = _partners()

    def asks(act: Act, row: Any, after: Values) -> Iterator[Complaint]:
        if act != Act.ADDED:
            yield from rules.striking(row, on=on)
            return
        yield from _known(known, after)
        yield from rules.holiday(day=after["day"], on=on)
        if after.get("source") != ("" if row is None else row.source) and "source" in after:
            yield "source", _("A source names whence the product knows a holiday. Leave it as it is, or empty.")

    return asks


def _write_holiday(act: Act, row: Any, after: Values, by: Actor, at: datetime) -> None:
    if act == Act.ADDED:
        partner = Partner.objects.get(code=after["partner"])
        actions.add_holiday(partner=partner, day=after["day"], name=after["name"], by=by, at=at)
    else:
        actions.strike_holiday(holiday=row, by=by, at=at)


HOLIDAYS = ActKind(
    name="holidays",
    label=gettext_lazy("Public holidays"),
    key=("partner",),
    begins=Column(name="day", label=gettext_lazy("Day"), make=DayField),
    own=(
        _partner(required=True),
        Column(name="day", label=gettext_lazy("Day"), make=DayField),
        text("name", gettext_lazy("Name"), most=120),
        text("source", gettext_lazy("Source"), most=120, required=False),
        _taken_back("struck", gettext_lazy("Struck out"), "struck_at"),
    ),
    gone="struck",
    change=NotificationsPermission.SET_REMINDERS,
    read=lambda: list(Holiday.objects.select_related("partner").order_by("partner__position", "day")),
    moves=frozenset({"struck"}),
    asking=_asking_of_holidays,
    write=_write_holiday,
    taken_back=Act.STRUCK,
)

_OF: Final[dict[type[Model], ActKind]] = {Offset: OFFSETS, WorkingHours: HOURS, Holiday: HOLIDAYS}


def remember(*, before: Any, after: Model, by: Actor, at: datetime) -> None:
    """Follows whenever a rule of reminders is set, ended or taken back: who did it stands in the history."""
    history.acted(_OF[type(after)], before=before, after=after, by=by, at=at)


def _partners() -> frozenset[str]:
    return frozenset(Partner.objects.values_list("code", flat=True))


def _known(known: frozenset[str], after: Values) -> Iterator[Complaint]:
    if after["partner"] not in known:
        yield "partner", _("No partner has this code. Write it as the directory does, for example AL.")
