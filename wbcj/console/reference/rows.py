"""Rows of reference data, one at a time: add, change, end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.conflicts import Change
from foundation.pages.forms import ActionPage
from foundation.reference import actions, queries, rules
from foundation.reference.forms import AddRowForm, ChangeRowForm, EndRowForm
from foundation.reference.kinds import UNTIL
from foundation.reference.models import DatedRow
from foundation.reference.permissions import ReferencePermission
from wbcj.console.reference.rooms import BelowDatedRows, OfRow, today


class RowForm(BelowDatedRows, ActionPage):
    """A form over a row."""

    permission = ReferencePermission.CHANGE
    template_name = "console/reference/row.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        words = {"heading": self.submit_label, "lead": self.kind.label, "cancel_url": self.back()}
        return super().get_context_data(**{**words, **kwargs})

    def act(self, form: forms.Form) -> str:
        """Back to the rows."""
        self.write(form)
        messages.success(self.request, _("Saved. The history says what changed."))
        return self.back()

    def write(self, form: forms.Form) -> None:
        """What the form does."""
        raise TypeError(f"{type(self).__name__} has no write()")


class AddRow(RowForm):
    """A row more."""

    verb = "console.reference_add.asked"
    form_class = AddRowForm
    submit_label = gettext_lazy("Add a row")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Its columns."""
        return {**super().get_form_kwargs(), "kind": self.kind}

    def get_initial(self) -> dict[str, Any]:
        """It begins today."""
        return {**super().get_initial(), "valid_from": today()}

    def write(self, form: forms.Form) -> None:
        """Add it."""
        values = cast("AddRowForm", form).values()
        actions.add(kind=self.kind, values=values, by=self.actor, at=timezone.now())


class OneRow(OfRow, RowForm):
    """A form over a row that stands."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which one."""
        title = self.kind.title(self.kind.values(self.row))
        return super().get_context_data(**{"lead": title, **kwargs})

    @property
    def edited(self) -> models.Model | None:
        """The row."""
        return self.row

    def changed_by(self, record: models.Model) -> Change | None:
        """Who changed it last."""
        last = queries.last_change(self.kind, cast("DatedRow", record))
        return None if last is None else self.change_by(last.by, at=last.at)


class ChangeRow(OneRow):
    """Other words, another place; of a row to come, anything."""

    verb = "console.reference_change.asked"
    form_class = ChangeRowForm
    submit_label = gettext_lazy("Change this row")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Its columns, without those that stay."""
        return {**super().get_form_kwargs(), "kind": self.kind, "row": self.row, "on": today()}

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """All that stands in it."""
        values = self.kind.values(cast("DatedRow", record))
        return {column.field_name: values[column.name] for column in self.kind.columns}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What stays, as facts."""
        stays = [
            (column.label, queries.shown(column, self.row))
            for column in self.kind.columns
            if self.kind.stays(column, self.row, on=today())
        ]
        return super().get_context_data(stays=stays, **kwargs)

    def write(self, form: forms.Form) -> None:
        """Change it."""
        typed = cast("ChangeRowForm", form)
        actions.change(
            kind=self.kind,
            row=self.row,
            values=typed.values(),
            version=form.cleaned_data["version"],
            by=self.actor,
            at=timezone.now(),
        )


class EndRow(OneRow):
    """The last day of a row."""

    verb = "console.reference_end.asked"
    form_class = EndRowForm
    submit_label = gettext_lazy("Set the end")

    def get_form_kwargs(self) -> dict[str, Any]:
        """What an end means for this kind."""
        return {**super().get_form_kwargs(), "kind": self.kind}

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The last day as it stands."""
        return {UNTIL.name: getattr(record, UNTIL.name)}

    @property
    def not_now(self) -> str:
        """It may be over."""
        return rules.end_objection(self.kind, self.row, None, on=today())

    def get_initial(self) -> dict[str, Any]:
        """Today is its last day, unless another one is set."""
        found = super().get_initial()
        return {**found, UNTIL.name: found.get(UNTIL.name) or today()}

    def write(self, form: forms.Form) -> None:
        """End it."""
        facts = {"valid_until": form.cleaned_data["valid_until"], "version": form.cleaned_data["version"]}
        actions.end(kind=self.kind, row=self.row, **facts, by=self.actor, at=timezone.now())
