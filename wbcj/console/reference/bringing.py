"""A file of rows comes in: first what it would change, then, once somebody has said so, exactly that."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.audit.models import Event
from foundation.pages.forms import ActionPage
from foundation.reference import actions, differences, proposals, tables
from foundation.reference.differences import Difference
from foundation.reference.forms import ConfirmForm, RowsForm
from foundation.reference.permissions import ReferencePermission
from foundation.reference.refusals import DataMoved
from wbcj.console.reference.rooms import BelowRows, today

MOST_SHOWN = 500
FORGET = "forget"
"""Name of the button that throws the rows away."""


class BringForm(BelowRows, ActionPage):
    """A step on the way of a file."""

    permission = ReferencePermission.CHANGE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        words = {"heading": self.submit_label, "lead": self.kind.label, "cancel_url": self.back()}
        return super().get_context_data(**{**words, **kwargs})

    def confirmation(self) -> str:
        """Where the differences are shown."""
        return reverse("console_reference_confirm", kwargs={"kind": self.kind.name})


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
        again = reverse("console_reference_import", kwargs={"kind": self.kind.name})
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
        numbers = {"added": len(done.added), "changed": len(done.changed), "ended": len(done.ended)}
        messages.success(self.request, said % numbers)
        return self.back()

    def _afresh(self, form: forms.Form, said: str) -> HttpResponseBase:
        self.outcome = Event.Outcome.CONFLICT
        form.add_error(None, said)
        data = self.request.POST.copy()
        data["fingerprint"] = "" if self.difference is None else str(self.difference.fingerprint)
        form.data = data
        return self._again(form, 409)
