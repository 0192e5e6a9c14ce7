"""Agenda and record of decisions of a meeting, composed for one reader and frozen for printing.

Both hold the items that the reader sees and count those alone, as the page of the meeting does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.documents.printing.kinds import Kind, Paper
from foundation.tenancy.actors import Actor
from meetings import queries
from meetings.models import Decision, Meeting
from meetings.permissions import MeetingPermission
from meetings.queries import AgendaLine


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item with the number that this reader counts; no reference for an item of the meeting's own."""

    number: int
    title: str
    reference: str
    outcome: str = ""
    text: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingPaper(Paper):
    """What every paper of a meeting says."""

    series: str
    status: str
    mode: str
    place: str
    starts_at: datetime
    ends_at: datetime
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Agenda(MeetingPaper):
    """The agenda."""

    template: ClassVar[str] = "meetings/pdf/agenda.html"


@dataclass(frozen=True, kw_only=True)
class DecisionRecord(MeetingPaper):
    """The record of decisions: every item that the reader sees, decided or not."""

    template: ClassVar[str] = "meetings/pdf/decisions.html"

    @property
    def undecided(self) -> int:
        """How many of the items carry no decision."""
        return sum(1 for item in self.items if not item.outcome)


def freeze_agenda(*, subject: UUID, actor: Actor) -> Agenda:
    """The agenda of that meeting. Three statements. Raises Meeting.DoesNotExist."""
    meeting = _meeting(subject, actor)
    items = tuple(_item(line, None) for line in queries.agenda(meeting, actor=actor))
    return Agenda(items=items, **_facts(meeting))


def freeze_decisions(*, subject: UUID, actor: Actor) -> DecisionRecord:
    """What that meeting decided. Three statements. Raises Meeting.DoesNotExist."""
    meeting = _meeting(subject, actor)
    items = tuple(_item(line, line.decision) for line in queries.agenda(meeting, actor=actor))
    return DecisionRecord(items=items, **_facts(meeting))


def _meeting(subject: UUID, actor: Actor) -> Meeting:
    return Meeting.objects.visible_to(actor).select_related("root").get(pk=subject)


def _facts(meeting: Meeting) -> dict[str, Any]:
    return {
        "root_id": meeting.pk,
        "title": meeting.root.title,
        "reference": meeting.root.reference,
        "series": meeting.get_series_display(),
        "status": meeting.get_status_display(),
        "mode": meeting.get_mode_display(),
        "place": meeting.place,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
    }


def _item(line: AgendaLine, decision: Decision | None) -> Item:
    plain = Item(number=line.number, title=line.title, reference=line.reference)
    if decision is None:
        return plain
    by = decision.decided_by
    return Item(
        number=line.number,
        title=line.title,
        reference=line.reference,
        outcome=line.outcome,
        text=decision.text,
        decided_at=decision.decided_at,
        decided_by=f"{by.account.full_name}, {by.authority.name}",
    )


def _address(subject: UUID) -> str:
    return reverse("meeting", args=[subject])


AGENDA: Final = Kind(
    name="meetings.agenda",
    label=_("Agenda"),
    permission=MeetingPermission.VIEW,
    freeze=freeze_agenda,
    address=_address,
)
DECISIONS: Final = Kind(
    name="meetings.decisions",
    label=_("Record of decisions"),
    permission=MeetingPermission.VIEW,
    freeze=freeze_decisions,
    address=_address,
)
