"""Everything that the page of a case shows, in twelve statements at most, whatever its size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import states
from cases.choices import NoteAudience
from cases.invitations.models import Invitation, InvitationSent
from cases.models import Case, CaseCrimeType, CasePriority, FileNumber, Note, Proceeding, Task
from cases.permissions import CasePermission
from cases.queries import timeline
from cases.queries.lists import CASE_TONES, InvitationRow, concerned_names, invitation_row
from cases.queries.participants import Participant, live_shares, participants
from foundation import access
from foundation.access import Cursor, audiences
from foundation.components.handling import HandlingCode
from foundation.documents import queries as documents
from foundation.documents.permissions import DocumentPermission
from foundation.documents.queries import DocumentLine
from foundation.pages import submissions
from foundation.reference.words import spoken
from foundation.sharing.permissions import SharingPermission
from foundation.tenancy.actors import Actor
from foundation.tenancy.names import PrincipalName, principal_names
from foundation.workflow.states import Transition, available

NOTES = 8
TASKS = 30
HAPPENINGS = 8


@dataclass(frozen=True, kw_only=True)
class Act:
    """A button of a task: the name of its page and its words, as a transition button wants them."""

    name: str
    label: Promise


ACKNOWLEDGE = Act(name="task_acknowledge", label=_("Acknowledge"))
DONE = Act(name="task_done", label=_("Done"))
WITHDRAW = Act(name="task_withdraw", label=_("Withdraw"))


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """A note with its audience in the reader's words, and what is attached to it."""

    note: Note
    audience: str
    editable: bool
    may_attach: bool
    documents: tuple[DocumentLine, ...]


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task, whom it was given to, and what the reader can do with it; each act has a submission key of its own."""

    task: Task
    assignee: PrincipalName | None
    overdue: bool
    acts: tuple[tuple[Act, str], ...]


@dataclass(frozen=True, kw_only=True)
class ProceedingLine:
    """A national proceeding; the reader's own partner edits its own."""

    proceeding: Proceeding
    editable: bool


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """The page of a case, finished."""

    case: Case
    tone: str
    crime_types: tuple[str, ...]
    priorities: tuple[str, ...]
    concerned: tuple[str, ...]
    handling: tuple[HandlingCode, ...]
    file_numbers: tuple[Mapping[str, str], ...]
    transitions: tuple[Transition[CasePermission], ...]
    may_edit: bool
    may_contribute: bool
    may_invite: bool
    may_share: bool
    proceedings: tuple[ProceedingLine, ...]
    notes: tuple[NoteLine, ...]
    more_notes: bool
    tasks: tuple[TaskLine, ...]
    participants: tuple[Participant, ...]
    invitations: tuple[InvitationRow, ...]
    happenings: tuple[timeline.Entry, ...]
    older: Cursor | None


def detail(actor: Actor, root_id: UUID) -> Case:
    """The case with its facts, in one statement; raises DoesNotExist when it is not visible."""
    crime_types = (
        CaseCrimeType.objects.visible_to(actor).filter(root_id=OuterRef("pk")).order_by("crime_type__position")
    )
    priorities = CasePriority.objects.visible_to(actor).filter(root_id=OuterRef("pk")).order_by("priority__position")
    numbers = FileNumber.objects.visible_to(actor).filter(root_id=OuterRef("pk")).order_by("added_at", "id")
    number = JSONObject(id="id", number="number", authority="authority__name")
    return (
        Case.objects.visible_to(actor)
        .with_owner()
        .annotate(
            crime_type_names=ArraySubquery(crime_types.values(said=spoken("crime_type__", "name"))),
            priority_names=ArraySubquery(priorities.values(said=spoken("priority__", "name"))),
            concerned_names=concerned_names(actor),
            own_numbers=ArraySubquery(numbers.values(json=number)),
        )
        .get(pk=root_id)
    )


def view(case: Case, *, actor: Actor, at: datetime) -> CaseView:
    """Everything else, in eight statements at most. ``case`` comes from ``detail``."""
    root_id = case.pk
    proceedings = list(Proceeding.objects.visible_to(actor).of(root_id).with_authority())
    notes = list(Note.objects.visible_to(actor).of(root_id).with_writer()[: NOTES + 1])
    tasks = list(Task.objects.visible_to(actor).of(root_id).unfinished_first().select_related("given_by")[:TASKS])
    shares = live_shares(actor, root_id)
    happened, older = timeline.happenings(actor, root_id, after=None, limit=HAPPENINGS)
    groups = {share.principal_id for share in shares} | {task.assignee_id for task in tasks}
    names = principal_names(groups | {row.principal for row in happened if row.principal})
    at_work = case.status in states.AT_WORK
    may_contribute = at_work and access.allowed(actor, CasePermission.CONTRIBUTE, case)
    return CaseView(
        case=case,
        tone=CASE_TONES[case.status],
        crime_types=_annotated(case, "crime_type_names"),
        priorities=_annotated(case, "priority_names"),
        concerned=_annotated(case, "concerned_names"),
        handling=tuple(HandlingCode(code) for code in case.handling),
        file_numbers=getattr(case, "own_numbers"),
        transitions=transitions(case, actor),
        may_edit=at_work and access.allowed(actor, CasePermission.EDIT, case),
        may_contribute=may_contribute,
        may_invite=case.status in states.INVITING and access.allowed(actor, CasePermission.INVITE, case),
        may_share=access.allowed(actor, SharingPermission.SHARE, case),
        proceedings=tuple(
            ProceedingLine(proceeding=row, editable=may_contribute and row.authority.partner_id == actor.partner_id)
            for row in proceedings
        ),
        notes=note_lines(notes[:NOTES], actor, case=case, editable=may_contribute),
        more_notes=len(notes) > NOTES,
        tasks=tuple(_task_line(task, names, actor, at, may_contribute=may_contribute) for task in tasks),
        participants=participants(shares, names),
        invitations=_invitations(actor, root_id, at),
        happenings=timeline.entries(happened, names),
        older=older,
    )


def transitions(case: Case, actor: Actor) -> tuple[Transition[CasePermission], ...]:
    """The transitions that the actor can make from the page of the case."""
    possible = available(states.TRANSITIONS, case.status, lambda permission: access.allowed(actor, permission, case))
    return tuple(transition for transition in possible if transition.url)


def note_lines(notes: Sequence[Note], actor: Actor, *, case: Case, editable: bool) -> tuple[NoteLine, ...]:
    """Notes in the reader's words: whoever reads a note for an audience belongs to it. Two statements at most."""
    reads = access.role_allows(actor, DocumentPermission.VIEW)
    attached = documents.of_rows(actor, case.pk, [note.pk for note in notes]) if reads else {}
    may_attach = editable and access.allowed(actor, DocumentPermission.ADD, case)
    return tuple(
        NoteLine(
            note=note,
            audience=str(NoteAudience(audiences.word_of(note.audience_id, actor)).label),
            editable=editable and note.written_by_id == actor.membership_id,
            may_attach=may_attach,
            documents=attached.get(note.pk, ()),
        )
        for note in notes
    )


def _annotated(case: Case, name: str) -> tuple[str, ...]:
    return tuple(getattr(case, name))


def _task_line(
    task: Task, names: Mapping[int, PrincipalName], actor: Actor, at: datetime, *, may_contribute: bool
) -> TaskLine:
    acts: list[Act] = []
    if may_contribute and not task.finished and task.assignee_id in actor.principals:
        acts = [DONE] if task.acknowledged_at else [ACKNOWLEDGE, DONE]
    if may_contribute and not task.finished and task.given_by.authority_id == actor.authority_id:
        acts.append(WITHDRAW)
    return TaskLine(
        task=task,
        assignee=names.get(task.assignee_id),
        overdue=task.overdue(at),
        acts=tuple((act, submissions.new_key()) for act in acts),
    )


def _invitations(actor: Actor, root_id: UUID, at: datetime) -> tuple[InvitationRow, ...]:
    sent = InvitationSent.objects.visible_to(actor).of(root_id).values("invitation")
    found = Invitation.objects.visible_to(actor).filter(pk__in=sent).with_names().order_by("-sent_at")
    return tuple(invitation_row(invitation, at) for invitation in found)
