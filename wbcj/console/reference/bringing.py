"""A file of rows comes in: first what it would change, then, once somebody has said so, exactly that."""

from __future__ import annotations

from typing import Any, ClassVar, Final, cast

from django import forms
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contactgroup.permissions import RulePermission
from foundation.access import Permission
from foundation.audit.models import Event
from foundation.notifications.permissions import NotificationsPermission
from foundation.pages.forms import ActionPage
from foundation.reference import actions, differences, proposals, tables
from foundation.reference.differences import Difference
from foundation.reference.forms import ConfirmForm, RowsForm
from foundation.reference.kinds import Kind
from foundation.reference.permissions import ReferencePermission
from foundation.reference.refusals import DataMoved
from wbcj.console.reference.rooms import BelowRows, today

MOST_SHOWN = 500
FORGET = "forget"
"""Name of the button that throws the rows away."""
ADDRESSES: Final[dict[Permission, str]] = {
    ReferencePermission.CHANGE: "reference",
    RulePermission.SET: "voting_rules",
    NotificationsPermission.SET_REMINDERS: "reminder_rules",
}
"""What a kind asks of whoever changes it -> addresses of the pages that ask the same, as its own pages do."""


def step(kind: Kind, name: str) -> str:
    """Where the file of a kind is given (``import``), and where its differences are confirmed (``confirm``)."""
    return reverse(f"console_{ADDRESSES[kind.change]}_{name}", kwargs={"kind": kind.name})


class BringForm(BelowRows, ActionPage):
    """A step on the way of a file."""

    permission: ClassVar[Permission] = ReferencePermission.CHANGE

    def load(self) -> None:
        """A kind that asks for another permission has other pages."""
        super().load()
        if self.kind.change != self.permission:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        words = {"heading": self.submit_label, "lead": self.kind.label, "cancel_url": self.back()}
        return super().get_context_data(**{**words, **kwargs})

    def confirmation(self) -> str:
        """Where the differences are shown."""
        return step(self.kind, "confirm")


class GiveRows(BringForm):
    """The file. Nothing is written by it."""

    verb = "console.reference_import.asked"
    template_name = "console/reference/give.html"
    form_class = RowsForm
    submit_label = gettext_lazy("Show the differences")

    def get_form_kwargs(self) -> dict[str, Any]:
        """What kind of rows."""
        return {**super().get_form_kwargs(), "kind": self.kind}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the columns are."""
        return super().get_context_data(columns=self.kind.columns, most=tables.MOST_ROWS, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Keep the rows for their confirmation."""
        actions.propose(kind=self.kind, table=cast("RowsForm", form).table, by=self.actor, at=timezone.now())
        return self.confirmation()


class ConfirmRows(BringForm):
    """The differences, and the button that writes them."""

    verb = "console.reference_import.shown"
    template_name = "console/reference/confirm.html"
    form_class = ConfirmForm
    submit_label = gettext_lazy("Write these changes")

    @cached_property
    def difference(self) -> Difference | None:
        """What the rows that wait would change now; none when none wait."""
        table = proposals.standing(self.kind, by=self.actor)
        return None if table is None else differences.planned(self.kind, table, on=today())

    def get_initial(self) -> dict[str, Any]:
        """The difference that is shown."""
        found = {} if self.difference is None else {"fingerprint": self.difference.fingerprint}
        return {**super().get_initial(), **found}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it."""
        again = step(self.kind, "import")
        return super().get_context_data(difference=self.difference, again=again, most=MOST_SHOWN, **kwargs)

    def act(self, form: forms.Form) -> str | HttpResponseBase:
        """Write it, or show it afresh when something moved meanwhile; or throw the rows away."""
        if FORGET in self.request.POST:
            actions.forget(kind=self.kind, by=self.actor)
            messages.success(self.request, _("The rows were thrown away. Nothing was written."))
            return self.back()
        fingerprint = form.cleaned_data["fingerprint"]
        try:
            done = actions.bring_in(kind=self.kind, fingerprint=fingerprint, by=self.actor, at=timezone.now())
        except DataMoved as error:
            return self._afresh(form, str(error))
        said = _("Written: %(added)s added, %(changed)s changed, %(ended)s ended.")
        if self.kind.gone:
            said = _("Written: %(added)s added, %(ended)s ended, %(back)s taken back.")
        numbers = {"added": done.added, "changed": done.changed, "ended": done.ended, "back": done.taken_back}
        messages.success(self.request, said % {name: len(lines) for name, lines in numbers.items()})
        return self.back()

    def _afresh(self, form: forms.Form, said: str) -> HttpResponseBase:
        self.outcome = Event.Outcome.CONFLICT
        form.add_error(None, said)
        data = self.request.POST.copy()
        data["fingerprint"] = "" if self.difference is None else str(self.difference.fingerprint)
        form.data = data
        return self._again(form, 409)


class GiveReminderRules(GiveRows):
    """The file of a kind of rules of reminders."""

    permission = NotificationsPermission.SET_REMINDERS


class ConfirmReminderRules(ConfirmRows):
    """Its differences."""

    permission = NotificationsPermission.SET_REMINDERS


class GiveVotingRules(GiveRows):
    """The file of the voting rules."""

    permission = RulePermission.SET


class ConfirmVotingRules(ConfirmRows):
    """Its differences."""

    permission = RulePermission.SET
