"""The case sheet: a case as its reader sees it, frozen for printing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import NoteAudience
from cases.models import Case, Note, Proceeding, Task
from cases.permissions import CasePermission
from cases.queries.case import detail
from cases.queries.participants import Participant, live_shares, participants
from foundation import access
from foundation.access import audiences
from foundation.components.handling import HandlingCode
from foundation.documents import queries as documents
from foundation.documents.permissions import DocumentPermission
from foundation.documents.printing.kinds import Kind, Paper
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership
from foundation.tenancy.names import PrincipalName, principal_names

NOTES: Final = 60
TASKS: Final = 200
DOCUMENTS: Final = 100
SHORT: Final = 16
"""Signs of a fingerprint that stand on the sheet; the whole of it stands on the custody sheet of the document."""


@dataclass(frozen=True, kw_only=True)
class ProceedingLine:
    """A national proceeding."""

    authority: str
    partner: str
    stage: str
    opened: date | None
    state_of_play: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class ParticipantLine:
    """Who takes part, why, and until when."""

    name: str
    of: str
    level: str
    reasons: str
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task. Whether it is overdue is for the reader of the paper to see from the date."""

    title: str
    text: str
    assignee: str
    due_at: datetime
    state: str


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """A note with its writer and, where it is not for everyone, its audience."""

    text: str
    by: str
    at: datetime
    audience: str


@dataclass(frozen=True, kw_only=True)
class DocumentLine:
    """A document as its newest version was filed; the fingerprint is the beginning of its SHA-256."""

    title: str
    kind: str
    version: int
    at: datetime
    by: str
    handling: str
    handling_text: str
    audience: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class CaseSheet(Paper):
    """Everything of a case that its reader sees; of many notes or documents the newest, and how many there are."""

    template: ClassVar[str] = "cases/pdf/sheet.html"

    status: str
    urgency: str
    summary: str
    owner: str
    stage: str
    crime_types: tuple[str, ...]
    priorities: tuple[str, ...]
    concerned: tuple[str, ...]
    handling_labels: tuple[str, ...]
    file_numbers: tuple[str, ...]
    opened_at: datetime | None
    closed_at: datetime | None
    proceedings: tuple[ProceedingLine, ...]
    participants: tuple[ParticipantLine, ...]
    tasks: tuple[TaskLine, ...]
    all_tasks: int
    notes: tuple[NoteLine, ...]
    all_notes: int
    documents: tuple[DocumentLine, ...]
    all_documents: int


def freeze(*, subject: UUID, actor: Actor) -> CaseSheet:
    """The sheet of that case in the active language. Twelve statements at most, whatever its size. Raises Case.DoesNotExist."""
    case = detail(actor, subject)
    shares = live_shares(actor, subject)
    tasks, notes = Task.objects.visible_to(actor).of(subject), Note.objects.visible_to(actor).of(subject)
    shown, read = list(tasks.unfinished_first()[:TASKS]), list(notes.with_writer()[:NOTES])
    names = principal_names({share.principal_id for share in shares} | {task.assignee_id for task in shown})
    may_read = access.role_allows(actor, DocumentPermission.VIEW)
    filed, all_filed = documents.newest_of_root(actor, subject, limit=DOCUMENTS) if may_read else ((), 0)
    return CaseSheet(
        **_facts(case),
        proceedings=tuple(map(_proceeding, Proceeding.objects.visible_to(actor).of(subject).with_authority())),
        participants=tuple(map(_participant, participants(shares, names))),
        tasks=tuple(_task(task, names.get(task.assignee_id)) for task in shown),
        all_tasks=len(shown) if len(shown) < TASKS else tasks.count(),
        notes=_notes(read, actor),
        all_notes=len(read) if len(read) < NOTES else notes.count(),
        documents=tuple(map(_document, filed)),
        all_documents=all_filed,
    )


def _facts(case: Case) -> dict[str, Any]:
    codes = tuple(HandlingCode(code) for code in case.handling)
    return {
        "root_id": case.pk,
        "title": case.root.title,
        "reference": case.root.reference,
        "handling": tuple(code.value for code in codes),
        "handling_labels": tuple(str(code.label) for code in codes),
        "handling_text": case.handling_text,
        "status": case.get_status_display(),
        "urgency": case.get_urgency_display(),
        "summary": case.summary,
        "owner": f"{case.owner.name}, {case.owner.partner.name}",
        "stage": case.get_stage_display(),
        "crime_types": _words(case, "crime_type_names"),
        "priorities": _words(case, "priority_names"),
        "concerned": tuple(getattr(case, "concerned_names")),
        "file_numbers": tuple(f"{row['number']} ({row['authority']})" for row in getattr(case, "own_numbers")),
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
    }


def _words(case: Case, name: str) -> tuple[str, ...]:
    """Names of reference data, in the reader's language."""
    return tuple(_(word) for word in getattr(case, name))


def _proceeding(proceeding: Proceeding) -> ProceedingLine:
    return ProceedingLine(
        authority=proceeding.authority.name,
        partner=proceeding.authority.partner.name,
        stage=proceeding.get_stage_display(),
        opened=proceeding.opened_date,
        state_of_play=proceeding.state_of_play,
        recorded_at=proceeding.recorded_at,
    )


def _participant(one: Participant) -> ParticipantLine:
    return ParticipantLine(
        name=one.principal.name,
        of=one.principal.of,
        level=str(one.level.label),
        reasons=", ".join(one.reasons),
        until=one.until,
    )


def _task(task: Task, assignee: PrincipalName | None) -> TaskLine:
    if task.done_at:
        state = _("Done")
    elif task.withdrawn_at:
        state = _("Withdrawn")
    else:
        state = _("Acknowledged") if task.acknowledged_at else _("Not acknowledged")
    who = "" if assignee is None else ", ".join(filter(None, (assignee.name, assignee.of)))
    return TaskLine(title=task.title, text=task.text, assignee=who, due_at=task.due_at, state=state)


def _notes(notes: Iterable[Note], actor: Actor) -> tuple[NoteLine, ...]:
    return tuple(
        NoteLine(
            text=note.text,
            by=_writer(note.written_by),
            at=note.written_at,
            audience=str(NoteAudience(audiences.word_of(note.audience_id, actor)).label) if note.audience_id else "",
        )
        for note in notes
    )


def _document(line: documents.DocumentLine) -> DocumentLine:
    newest = line.newest.version
    return DocumentLine(
        title=line.document.title,
        kind=line.document.get_kind_display(),
        version=newest.number,
        at=newest.received_at,
        by=_writer(newest.received_by),
        handling=", ".join(code.value for code in line.handling),
        handling_text=line.document.handling_text,
        audience=line.audience,
        fingerprint=" ".join(newest.sha256[at : at + 4] for at in range(0, SHORT, 4)),
    )


def _writer(membership: Membership) -> str:
    return f"{membership.account.full_name}, {membership.authority.name}"


SHEET: Final = Kind(
    name="cases.sheet",
    label=gettext_lazy("Case sheet"),
    permission=CasePermission.VIEW,
    freeze=freeze,
    address=lambda subject: reverse("case", args=[subject]),
)
