"""Proceedings, file numbers, notes and tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy

from cases import actions
from cases.forms import children
from cases.models import FileNumber, Note, Proceeding, Task
from cases.permissions import CasePermission
from cases.queries.participants import assignable
from cases.views.base import CaseForm
from foundation.pages.conflicts import Change


class ProceedingAdd(CaseForm):
    """A proceeding of an authority of the own partner."""

    permission = CasePermission.CONTRIBUTE
    verb = "cases.proceeding_form.opened"
    form_class = children.NewProceedingForm
    keeps_drafts = True
    heading = gettext_lazy("Add a proceeding")
    lead = gettext_lazy(
        "Each authority runs its own proceeding under its own law; here stands what the others need to know of it."
    )
    submit_label = gettext_lazy("Add proceeding")
    part = "proceedings"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The own partner's authorities."""
        return {**super().get_form_kwargs(), "actor": self.actor}

    def write(self, form: forms.Form) -> None:
        """Record it."""
        actions.record_proceeding(case=self.case, by=self.actor, at=self.now, **form.cleaned_data)


class ProceedingEdit(CaseForm):
    """Bring a proceeding up to date."""

    permission = CasePermission.CONTRIBUTE
    verb = "cases.proceeding_form.opened"
    form_class = children.EditProceedingForm
    keeps_drafts = True
    heading = gettext_lazy("Edit the proceeding")
    submit_label = gettext_lazy("Save")
    part = "proceedings"

    def load(self) -> None:
        """The own partner's proceeding, through its case; nobody writes in vain into another's."""
        super().load()
        own = (
            Proceeding.objects.visible_to(self.actor).of(self.case.pk).filter(authority__partner=self.actor.partner_id)
        )
        self.proceeding = own.get(pk=self.kwargs["child"])

    @property
    def edited(self) -> Proceeding:
        """The proceeding."""
        return self.proceeding

    def changed_by(self, record: models.Model) -> Change:
        """The row itself says who brought it up to date."""
        assert isinstance(record, Proceeding)
        return self.change_by(record.recorded_by, at=record.recorded_at)

    def get_initial(self) -> dict[str, Any]:
        """What stands there now."""
        return {**self.values_of(self.proceeding), "version": self.proceeding.version}

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The values under the form's names."""
        assert isinstance(record, Proceeding)
        return {name: getattr(record, name) for name in ("stage", "opened_date", "state_of_play")}

    def write(self, form: forms.Form) -> None:
        """Save it."""
        actions.edit_proceeding(proceeding=self.proceeding, by=self.actor, at=self.now, **form.cleaned_data)


class FileNumberAdd(CaseForm):
    """An own file number."""

    permission = CasePermission.CONTRIBUTE
    verb = "cases.file_number_form.opened"
    form_class = children.FileNumberForm
    heading = gettext_lazy("Add a file number")
    submit_label = gettext_lazy("Add file number")
    part = "facts"

    def write(self, form: forms.Form) -> None:
        """Add it."""
        actions.add_file_number(case=self.case, number=form.cleaned_data["number"], by=self.actor, at=self.now)


class FileNumberRemove(CaseForm):
    """Take an own file number off."""

    permission = CasePermission.CONTRIBUTE
    verb = "cases.file_number_form.opened"
    form_class = forms.Form
    heading = gettext_lazy("Remove the file number")
    submit_label = gettext_lazy("Remove file number")
    part = "facts"
    danger = True

    def load(self) -> None:
        """The file number, through its case."""
        super().load()
        self.row = FileNumber.objects.visible_to(self.actor).of(self.case.pk).get(pk=self.kwargs["child"])

    def write(self, form: forms.Form) -> None:
        """Remove it."""
        actions.remove_file_number(file_number=self.row, by=self.actor, at=self.now)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        return super().get_context_data(lead=self.row.number, **kwargs)


class NoteAdd(CaseForm):
    """A new note."""

    permission = CasePermission.CONTRIBUTE
    verb = "cases.note_form.opened"
    form_class = children.NoteForm
    keeps_drafts = True
    heading = gettext_lazy("Write a note")
    submit_label = gettext_lazy("Save note")
    part = "notes"

    def write(self, form: forms.Form) -> None:
        """Write it."""
        actions.write_note(case=self.case, by=self.actor, at=self.now, **form.cleaned_data)


class NoteEdit(CaseForm):
    """Change an own note."""

    permission = CasePermission.CONTRIBUTE
    verb = "cases.note_form.opened"
    form_class = children.EditNoteForm
    keeps_drafts = True
    heading = gettext_lazy("Edit the note")
    submit_label = gettext_lazy("Save note")
    part = "notes"

    def load(self) -> None:
        """The note, through its case."""
        super().load()
        self.note = Note.objects.visible_to(self.actor).of(self.case.pk).get(pk=self.kwargs["child"])

    @property
    def edited(self) -> Note:
        """The note."""
        return self.note

    def changed_by(self, record: models.Model) -> Change | None:
        """A note is changed by its writer alone, who did it in another window."""
        assert isinstance(record, Note)
        at, who = record.edited_at, self.actor.account_name
        return None if at is None else Change(at=at, who=who, oneself=True)

    def get_initial(self) -> dict[str, Any]:
        """How it reads now."""
        return {**self.values_of(self.note), "version": self.note.version}

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The text."""
        assert isinstance(record, Note)
        return {"text": record.text}

    def write(self, form: forms.Form) -> None:
        """Save it."""
        actions.edit_note(note=self.note, by=self.actor, at=self.now, **form.cleaned_data)


class TaskAdd(CaseForm):
    """A new task."""

    permission = CasePermission.CONTRIBUTE
    verb = "cases.task_form.opened"
    form_class = children.TaskForm
    keeps_drafts = True
    heading = gettext_lazy("Give a task")
    submit_label = gettext_lazy("Give task")
    part = "tasks"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whom it can be given to."""
        return {**super().get_form_kwargs(), "actor": self.actor, "assignable": assignable(self.case.pk, self.actor)}

    def write(self, form: forms.Form) -> None:
        """Give it."""
        actions.give_task(case=self.case, by=self.actor, at=self.now, **form.cleaned_data)


class TaskAct(CaseForm):
    """An act on a task: pressed on the case's page, or asked once more here."""

    permission = CasePermission.CONTRIBUTE
    verb = "cases.task_form.opened"
    form_class = forms.Form
    part = "tasks"
    does: ClassVar[Any]

    def load(self) -> None:
        """The task, through its case."""
        super().load()
        self.task = Task.objects.visible_to(self.actor).of(self.case.pk).get(pk=self.kwargs["child"])

    def write(self, form: forms.Form) -> None:
        """Call the action."""
        type(self).does(task=self.task, by=self.actor, at=self.now)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which task."""
        return super().get_context_data(lead=self.task.title, **kwargs)


class TaskAcknowledge(TaskAct):
    """Seen, and will be done."""

    heading = gettext_lazy("Acknowledge the task")
    submit_label = gettext_lazy("Acknowledge")
    does = staticmethod(actions.acknowledge_task)


class TaskDone(TaskAct):
    """Done."""

    heading = gettext_lazy("Report the task as done")
    submit_label = gettext_lazy("Done")
    does = staticmethod(actions.finish_task)


class TaskWithdraw(TaskAct):
    """Not needed any more."""

    heading = gettext_lazy("Withdraw the task")
    submit_label = gettext_lazy("Withdraw")
    danger = True
    does = staticmethod(actions.withdraw_task)
