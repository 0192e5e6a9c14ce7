"""Reminders in the console: how they stand, when they are given, and the dated rows that staff set."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.jobs.permissions import JobsPermission
from foundation.notifications.permissions import NotificationsPermission
from foundation.notifications.reminders import actions, queries
from foundation.notifications.reminders.models import Holiday, Offset, Reminder
from foundation.pages.forms import ActionPage
from wbcj.console.base import ConsolePage
from wbcj.console.reminder_forms import DAYS, EndOffsetForm, HolidayForm, HoursForm, OffsetForm
from wbcj.console.views import RunAgainForm


class Reminders(ConsolePage):
    """Numbers, failures, and the rules by which reminders are given."""

    permission = JobsPermission.VIEW
    verb = "console.reminders.viewed"
    template_name = "console/reminders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it, in a dozen statements."""
        now = timezone.now()
        rules = {"offsets": queries.offset_lines(now.date()), "hours": queries.hours_lines(dict(DAYS))}
        holidays = queries.holidays_from(now.date(), until=now.date() + timedelta(days=366))
        return super().get_context_data(now=now, standing=queries.standing(now), **rules, holidays=holidays, **kwargs)


class RuleForm(ConsolePage, ActionPage):
    """A form over the rules of reminders."""

    permission = NotificationsPermission.SET_REMINDERS
    template_name = "console/reminder_rule.html"
    remark: ClassVar[Promise | str] = ""
    danger: ClassVar[bool] = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        for name in ("offset", "holiday"):
            kwargs.pop(name, None)
        trail = [
            {"label": _("Console"), "url": reverse("console")},
            {"label": _("Reminders"), "url": reverse("console_reminders")},
        ]
        words = {"heading": self.submit_label, "remark": self.remark, "danger": self.danger, "trail": trail}
        return super().get_context_data(**words, cancel_url=reverse("console_reminders"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Back to the rules."""
        self.change(form)
        messages.success(self.request, _("Set. Reminders follow within a minute."))
        return reverse("console_reminders")

    def change(self, form: forms.Form) -> None:
        """What the form does."""
        raise NotImplementedError

    def get_initial(self) -> dict[str, Any]:
        """Tomorrow, where a day is asked for."""
        return {**super().get_initial(), "valid_from": self.today() + timedelta(days=1)}

    def today(self) -> date:
        """The day of the rules (UTC)."""
        return timezone.now().date()


class SetOffset(RuleForm):
    """Remind so many days before as well."""

    verb = "console.offset.asked"
    form_class = OffsetForm
    submit_label = gettext_lazy("Add a reminder")
    remark = gettext_lazy("Dates that stand get it as well, as far as it is still to come.")

    def change(self, form: forms.Form) -> None:
        """Set it."""
        actions.set_offset(**form.cleaned_data, by=self.actor, at=timezone.now())


class EndOffset(RuleForm):
    """Give such reminders no more."""

    verb = "console.offset_end.asked"
    form_class = EndOffsetForm
    submit_label = gettext_lazy("End this reminder")

    def load(self) -> None:
        """The offset."""
        super().load()
        self.offset = get_object_or_404(Offset.objects.standing(), pk=self.kwargs["offset"], valid_until=None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which one."""
        return super().get_context_data(lead=queries.in_words(self.offset), **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Today is its last day."""
        return {**super().get_initial(), "valid_until": self.today()}

    def change(self, form: forms.Form) -> None:
        """End it."""
        actions.end_offset(offset=self.offset, **form.cleaned_data, by=self.actor, at=timezone.now())


class SetHours(RuleForm):
    """Set quiet hours and working days."""

    verb = "console.hours.asked"
    form_class = HoursForm
    submit_label = gettext_lazy("Set quiet hours")
    remark = gettext_lazy("Times are those of each reader's own zone. What stands is not changed: this begins later.")

    def change(self, form: forms.Form) -> None:
        """Set them."""
        actions.set_hours(**form.cleaned_data, by=self.actor, at=timezone.now())


class AddHoliday(RuleForm):
    """Enter a public holiday."""

    verb = "console.holiday.asked"
    form_class = HolidayForm
    submit_label = gettext_lazy("Add a public holiday")

    def change(self, form: forms.Form) -> None:
        """Enter it."""
        actions.add_holiday(**form.cleaned_data, by=self.actor, at=timezone.now())


class StrikeHoliday(RuleForm):
    """Strike a public holiday out."""

    verb = "console.holiday_strike.asked"
    form_class = forms.Form
    danger = True
    submit_label = gettext_lazy("Strike this holiday out")

    def load(self) -> None:
        """The holiday."""
        super().load()
        standing = Holiday.objects.standing().select_related("partner")
        self.holiday = get_object_or_404(standing, pk=self.kwargs["holiday"], day__gte=self.today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which one."""
        return super().get_context_data(lead=queries.holiday_in_words(self.holiday), **kwargs)

    def change(self, form: forms.Form) -> None:
        """Strike it out."""
        actions.strike_holiday(holiday=self.holiday, by=self.actor, at=timezone.now())


class RunAgain(ConsolePage, ActionPage):
    """Let one failed reminder be tried again."""

    permission = JobsPermission.RUN_AGAIN
    verb = "console.reminder.run_again_asked"
    template_name = "console/reminder_again.html"
    form_class = RunAgainForm
    submit_label = gettext_lazy("Run again")

    def load(self) -> None:
        """The reminder."""
        super().load()
        self.reminder = get_object_or_404(Reminder, pk=self.kwargs["reminder"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What it is."""
        kwargs.pop("reminder", None)
        return super().get_context_data(the_reminder=self.reminder, cancel_url=reverse("console_reminders"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Run again."""
        actions.run_again(reminder_id=self.reminder.pk, by=self.actor, at=timezone.now())
        messages.success(self.request, _("The reminder is in the queue again."))
        return reverse("console_reminders")
