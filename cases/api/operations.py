"""Reads of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from cases.api import examples, output
from cases.choices import NoteAudience
from cases.forms.filters import CaseFilter
from cases.models import Case, CrimeType, Note, Priority, Proceeding, Task
from cases.permissions import CasePermission
from cases.queries import case as case_queries
from cases.queries import filters, lists
from cases.queries.codes import Codes, codes, concerned
from cases.queries.participants import assignable, live_shares, participants
from cases.querysets import DUE
from foundation import access
from foundation.access import Cursor, Page, audiences
from foundation.pages.api.lists import FilteredOperation, ListOperation, PagedOperation
from foundation.pages.api.operations import Operation
from foundation.reference.api import CodeList
from foundation.systems.scopes import Scope
from foundation.tenancy.actors import Actor
from foundation.tenancy.names import PrincipalName, principal_names


@dataclass(frozen=True, kw_only=True)
class CodedCase:
    """A case with the codes of what it names."""

    case: Case
    codes: Codes


@dataclass(frozen=True, kw_only=True)
class HeardNote:
    """A note with its audience in the bearer's words."""

    note: Note
    audience: NoteAudience


@dataclass(frozen=True, kw_only=True)
class GivenTask:
    """A task with the name of whom it was given to."""

    task: Task
    assignee: PrincipalName | None
    overdue: bool


class CaseList(FilteredOperation):
    """List the cases that are shared with the bearer.

    Newest activity first, or as `sort` says. A narrowed list looks through a bounded number of cases for each page, so that a page may
    hold fewer than `limit`, even none, while `next` leads on: follow it until it is null.
    """

    permission = CasePermission.LIST
    scope = Scope.CASES_READ
    verb = "cases.list.viewed"
    item = output.CaseItem
    example = examples.CASES
    form_class = CaseFilter

    def form_arguments(self) -> dict[str, Any]:
        """Code lists and partners."""
        return {"offered": filters.offered()}

    def paged(self, *, after: Cursor | None, limit: int) -> Page[CodedCase]:
        """One page of the list of the page, with codes in one statement more."""
        page = lists.plain_page(self.actor, after=after, wanted=self.form.cleaned_data, limit=limit)
        found = concerned(self.actor, page.roots)
        return page.map(lambda case: CodedCase(case=case, codes=found[case.pk]))


class CrimeTypeList(CodeList):
    """List the forms of serious crime that a case can name today.

    Named by code, in the order of the form; the list has one page.
    """

    permission = CasePermission.LIST
    scope = Scope.CASES_READ
    verb = "cases.crime_types.viewed"
    model = CrimeType
    example = examples.CRIME_TYPES


class PriorityList(CodeList):
    """List the priorities of the European Union that a case can name today.

    Named by code, in the order of the form; the list has one page.
    """

    permission = CasePermission.LIST
    scope = Scope.CASES_READ
    verb = "cases.priorities.viewed"
    model = Priority
    example = examples.PRIORITIES


class OfCase(Operation):
    """An operation about one case: loads it through the wall and requires the permission on it."""

    permission: ClassVar[access.Permission] = CasePermission.VIEW
    scope = Scope.CASES_READ
    case: Case

    def load(self) -> None:
        """The case with root and owner."""
        self.case = Case.objects.visible_to(self.actor).with_owner().get(pk=self.kwargs["pk"])
        self.root_id = self.case.pk
        access.require(self.actor, self.permission, self.case)


class CaseRead(OfCase):
    """Read a case with its facts."""

    verb = "cases.case.viewed"
    output = output.CaseDocument
    example = examples.CASE

    def load(self) -> None:
        """The case with its facts, in one statement."""
        self.case = case_queries.detail(self.actor, self.kwargs["pk"])
        self.root_id = self.case.pk
        access.require(self.actor, self.permission, self.case)

    def read(self) -> dict[str, Any]:
        """The case and the codes of what it names."""
        return self.document(CodedCase(case=self.case, codes=codes(self.actor, [self.case.pk])[self.case.pk]))


class CaseNotes(OfCase, PagedOperation):
    """List the notes of a case that the bearer may read.

    The newest first. A note for another audience is not there.
    """

    verb = "cases.notes.viewed"
    item = output.NoteItem
    example = examples.NOTES

    def paged(self, *, after: Cursor | None, limit: int) -> Page[HeardNote]:
        """One page of what the page of notes shows."""
        found = Note.objects.visible_to(self.actor).of(self.case.pk).with_writer().written_before(after)
        notes = list(found[: limit + 1])
        last = notes[limit - 1] if len(notes) > limit else None
        heard = tuple(_heard(note, self.actor) for note in notes[:limit])
        return Page(heard, (), None if last is None else Cursor(last.written_at, last.pk))


class CaseNote(OfCase):
    """Read a note of a case.

    A note for another audience is not there.
    """

    verb = "cases.note.viewed"
    output = output.NoteDocument
    example = examples.NOTE

    def read(self) -> dict[str, Any]:
        """The note, as the page of notes shows it."""
        found = Note.objects.visible_to(self.actor).of(self.case.pk).with_writer()
        return self.document(_heard(found.get(pk=self.kwargs["note"]), self.actor))


class CaseTasks(OfCase, PagedOperation):
    """List the tasks of a case.

    All of them by due instant, the finished and withdrawn ones too.
    """

    verb = "cases.tasks.viewed"
    item = output.TaskItem
    example = examples.TASKS

    def paged(self, *, after: Cursor | None, limit: int) -> Page[GivenTask]:
        """One page of tasks, and the names of whom they were given to."""
        found = Task.objects.visible_to(self.actor).of(self.case.pk).with_giver().due_from(after)
        tasks = list(found[: limit + 1])
        last = tasks[limit - 1] if len(tasks) > limit else None
        names = principal_names(task.assignee_id for task in tasks)
        given = tuple(_given(task, names, self.now) for task in tasks[:limit])
        return Page(given, (), None if last is None else Cursor(last.due_at, last.pk, DUE))


class CaseTask(OfCase):
    """Read a task of a case."""

    verb = "cases.task.viewed"
    output = output.TaskDocument
    example = examples.TASK

    def read(self) -> dict[str, Any]:
        """The task, and the name of whom it was given to."""
        task = Task.objects.visible_to(self.actor).of(self.case.pk).with_giver().get(pk=self.kwargs["task"])
        return self.document(_given(task, principal_names([task.assignee_id]), self.now))


class CaseProceedings(OfCase, ListOperation):
    """List the national proceedings of a case.

    One for each authority, in the order of the partners; the list has one page.
    """

    verb = "cases.proceedings.viewed"
    item = output.ProceedingItem
    example = examples.PROCEEDINGS

    def rows(self) -> tuple[Proceeding, ...]:
        """All of them."""
        return tuple(Proceeding.objects.visible_to(self.actor).of(self.case.pk).with_authority())


class CaseProceeding(OfCase):
    """Read a national proceeding of a case."""

    verb = "cases.proceeding.viewed"
    output = output.ProceedingDocument
    example = examples.PROCEEDING

    def read(self) -> dict[str, Any]:
        """The proceeding with its authority."""
        found = Proceeding.objects.visible_to(self.actor).of(self.case.pk).with_authority()
        return self.document(found.get(pk=self.kwargs["proceeding"]))


class CaseParticipants(OfCase, ListOperation):
    """List who takes part in a case.

    Read from the live shares; the list has one page.
    """

    verb = "cases.participants.viewed"
    item = output.ParticipantItem
    example = examples.PARTICIPANTS

    def rows(self) -> tuple[Any, ...]:
        """One line for each principal."""
        shares = live_shares(self.actor, self.case.pk)
        return participants(shares, principal_names(share.principal_id for share in shares))


class CaseAssignees(OfCase, ListOperation):
    """List whom a task on a case can be given to.

    Whoever may contribute, and the authorities and partners they belong to; the list has one page.
    """

    verb = "cases.assignees.viewed"
    item = output.Principal
    example: ClassVar[dict[str, Any]] = {"items": [examples.PRINCIPAL], "next": None}

    def rows(self) -> tuple[Any, ...]:
        """By partner, the partner first."""
        return tuple(assignable(self.case.pk, self.actor))


def _heard(note: Note, actor: Actor) -> HeardNote:
    return HeardNote(note=note, audience=NoteAudience(audiences.word_of(note.audience_id, actor)))


def _given(task: Task, names: Mapping[int, PrincipalName], now: datetime) -> GivenTask:
    return GivenTask(task=task, assignee=names.get(task.assignee_id), overdue=task.overdue(now))
