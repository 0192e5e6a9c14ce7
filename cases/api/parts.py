"""Acts on what stands under a case: proceedings, file numbers, notes and tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models

from cases import actions
from cases.api.writes import OnCase
from cases.forms import children
from cases.models import FileNumber, Note, Proceeding, Task
from cases.permissions import CasePermission
from cases.queries.participants import assignable
from foundation.pages.api.writing import Acting, Creating, Done, Editing, Removing, done


class OnPart(OnCase):
    """An act on what stands under a case."""

    permission = CasePermission.CONTRIBUTE
    named: ClassVar[str]
    """What a row is called in the address."""

    def read_at(self, row: models.Model) -> Done:
        """The receipt of an act on a row."""
        return done(row, f"api_case_{self.named}", pk=self.case.pk, **{self.named: row.pk})


class OnRow(OnPart):
    """An act on a row that stands there."""

    row: Any

    def among(self) -> models.QuerySet[Any]:
        """The rows among which the one of the address is looked up."""
        raise TypeError(f"{type(self).__name__} has no among()")

    def load(self) -> None:
        """The row, through its case."""
        super().load()
        self.row = self.among().get(pk=self.kwargs[self.named])

    @property
    def edited(self) -> models.Model:
        """The row."""
        row: models.Model = self.row
        return row


class ProceedingAdd(OnPart, Creating):
    """Record a proceeding of an authority of the own partner.

    Each authority runs its own under its own law; the first of a second partner begins the coordination of a selected case. Where the
    body names no authority, it is the one that the system belongs to.
    """

    named = "proceeding"
    verb = "cases.proceeding.recorded"
    form_class = children.NewProceedingForm
    begun = ("authority",)
    sample: ClassVar[dict[str, Any]] = {
        "authority": "9f6f6d1c-1f0e-4a55-8b43-0a7b0a2b7d10",
        "stage": "investigation",
        "opened_date": "2026-10-12",
        "state_of_play": "Two searches are prepared.",
    }

    def form_arguments(self) -> dict[str, Any]:
        """The own partner's authorities."""
        return {"actor": self.actor}

    def act(self, form: forms.Form) -> Done:
        """Record it."""
        made = actions.record_proceeding(case=self.case, by=self.actor, at=self.now, **form.cleaned_data)
        return self.read_at(made)


class ProceedingEdit(OnRow, Editing):
    """Bring a proceeding of the own partner up to date.

    What the body leaves out stays as it is.
    """

    named = "proceeding"
    verb = "cases.proceeding.edited"
    form_class = children.EditProceedingForm
    sample: ClassVar[dict[str, Any]] = {"state_of_play": "The searches are done."}

    def among(self) -> models.QuerySet[Any]:
        """Nobody writes into another partner's."""
        own = Proceeding.objects.visible_to(self.actor).of(self.case.pk)
        return own.filter(authority__partner=self.actor.partner_id)

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """What stands there."""
        return {name: getattr(record, name) for name in ("stage", "opened_date", "state_of_play")}

    def act(self, form: forms.Form) -> Done:
        """Save it."""
        saved = actions.edit_proceeding(proceeding=self.row, by=self.actor, at=self.now, **form.cleaned_data)
        return self.read_at(saved)


class FileNumberAdd(OnPart, Creating):
    """Add an own file number.

    Only the own partner reads it, or that it is there. It is read with the case.
    """

    named = "file_number"
    verb = "cases.file_number.added"
    form_class = children.FileNumberForm
    sample: ClassVar[dict[str, Any]] = {"number": "SPAK 118/2026"}

    def act(self, form: forms.Form) -> Done:
        """Add it."""
        made = actions.add_file_number(case=self.case, number=form.cleaned_data["number"], by=self.actor, at=self.now)
        return done(made, "api_case", pk=self.case.pk)


class FileNumberRemove(OnRow, Removing):
    """Take an own file number off."""

    named = "file_number"
    verb = "cases.file_number.removed"

    def among(self) -> models.QuerySet[Any]:
        """Own numbers alone are visible."""
        return FileNumber.objects.visible_to(self.actor).of(self.case.pk)

    def act(self, form: forms.Form) -> Done:
        """Remove it."""
        key = self.row.pk
        actions.remove_file_number(file_number=self.row, by=self.actor, at=self.now)
        return Done(id=key, url=done(self.case, "api_case").url)


class NoteWrite(OnPart, Creating):
    """Write a note.

    `audience` says who reads it and cannot be changed later.
    """

    named = "note"
    verb = "cases.note.written"
    form_class = children.NoteForm
    sample: ClassVar[dict[str, Any]] = {"text": "The lorry company has moved its yard.", "audience": "everyone"}

    def act(self, form: forms.Form) -> Done:
        """Write it."""
        made = actions.write_note(case=self.case, by=self.actor, at=self.now, **form.cleaned_data)
        return self.read_at(made)


class NoteEdit(OnRow, Editing):
    """Change an own note.

    How it read before is kept, for the same readers.
    """

    named = "note"
    verb = "cases.note.edited"
    form_class = children.EditNoteForm
    sample: ClassVar[dict[str, Any]] = {"text": "The lorry company has moved its yard to the port."}

    def among(self) -> models.QuerySet[Any]:
        """Notes that the bearer may read."""
        return Note.objects.visible_to(self.actor).of(self.case.pk)

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The text."""
        return {"text": getattr(record, "text")}

    def act(self, form: forms.Form) -> Done:
        """Save it."""
        saved = actions.edit_note(note=self.row, by=self.actor, at=self.now, **form.cleaned_data)
        return self.read_at(saved)


class TaskGive(OnPart, Creating):
    """Give a task.

    `assignee` is the key of a principal from `/assignees`. A task shows the case to nobody new.
    """

    named = "task"
    verb = "cases.task.given"
    form_class = children.TaskForm
    sample: ClassVar[dict[str, Any]] = {
        "assignee": 118,
        "title": "Send the bank records",
        "text": "Those of 2026.",
        "due_at": "2026-12-15T12:00:00Z",
    }

    def form_arguments(self) -> dict[str, Any]:
        """Whom it can be given to."""
        return {"actor": self.actor, "assignable": assignable(self.case.pk, self.actor)}

    def act(self, form: forms.Form) -> Done:
        """Give it."""
        made = actions.give_task(case=self.case, by=self.actor, at=self.now, **form.cleaned_data)
        return self.read_at(made)


class TaskAct(OnRow, Acting):
    """An act on a task."""

    named = "task"
    does: ClassVar[Any]

    def among(self) -> models.QuerySet[Any]:
        """The tasks of the case."""
        return Task.objects.visible_to(self.actor).of(self.case.pk)

    def act(self, form: forms.Form) -> Done:
        """Call the action."""
        type(self).does(task=self.row, by=self.actor, at=self.now)
        return self.read_at(self.row)


class TaskAcknowledge(TaskAct):
    """Acknowledge a task: seen, and will be done."""

    verb = "cases.task.acknowledged"
    does = staticmethod(actions.acknowledge_task)


class TaskDone(TaskAct):
    """Report a task as done."""

    verb = "cases.task.finished"
    does = staticmethod(actions.finish_task)


class TaskWithdraw(TaskAct):
    """Withdraw a task that is not needed any more."""

    verb = "cases.task.withdrawn"
    does = staticmethod(actions.withdraw_task)
