"""Forms over the rules of reminders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.notifications.reminders import kinds
from foundation.tenancy.models import Partner

DAYS = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)


class DayField(forms.DateField):
    """A day without an hour."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **options})


class ClockField(forms.TimeField):
    """A local time."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(**{"widget": widget, **options})


class OffsetForm(forms.Form):
    """How many days before, of which kind, from when."""

    kind = forms.ChoiceField(label=gettext_lazy("Date"))
    days = forms.IntegerField(
        label=gettext_lazy("Days before"), min_value=0, max_value=90, help_text=gettext_lazy("0: on the day itself.")
    )
    valid_from = DayField(
        label=gettext_lazy("For reminders given from"), help_text=gettext_lazy("Tomorrow at the earliest.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(kind.name, kind.label) for kind in kinds.every()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # a choice field


class EndOffsetForm(forms.Form):
    """The last day."""

    valid_until = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("A day before it begins withdraws it."),
    )


class HoursForm(forms.Form):
    """When people may be disturbed."""

    partner = forms.ModelChoiceField(
        label=gettext_lazy("Partner"),
        queryset=Partner.objects.all(),
        required=False,
        empty_label=gettext_lazy("All that have no hours of their own"),
    )
    valid_from = DayField(label=gettext_lazy("From"), help_text=gettext_lazy("Tomorrow at the earliest."))
    opens = ClockField(label=gettext_lazy("Mails from"), initial="07:30")
    reminds = ClockField(label=gettext_lazy("Reminders at"), initial="09:00")
    closes = ClockField(label=gettext_lazy("Quiet from"), initial="19:00")
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Working days"),
        choices=DAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        initial=[1, 2, 3, 4, 5],
    )


class HolidayForm(forms.Form):
    """A day on which a partner does not work."""

    partner = forms.ModelChoiceField(label=gettext_lazy("Partner"), queryset=Partner.objects.all())
    day = DayField(label=gettext_lazy("Day"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
