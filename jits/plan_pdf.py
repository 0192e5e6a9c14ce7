"""The operational action plan as a paper, frozen for printing. Whether a task is overdue is for its reader to see from the date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.documents.printing.kinds import Kind, Paper
from foundation.tenancy.actors import Actor
from jits.models import Jit, JitPhase, JitTask
from jits.permissions import JitPermission
from jits.queries.team import parties


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task. ``outcome`` says what came of it, or why it was dropped."""

    title: str
    text: str
    party: str
    responsible: str
    due_at: datetime
    state: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A phase with its tasks."""

    title: str
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True, kw_only=True)
class PlanPaper(Paper):
    """The whole plan."""

    template: ClassVar[str] = "jits/pdf/plan.html"

    parties: tuple[str, ...]
    phases: tuple[Phase, ...]


def freeze(*, subject: UUID, actor: Actor) -> PlanPaper:
    """The plan of that team. Four statements, whatever its size. Raises Jit.DoesNotExist."""
    jit = Jit.objects.visible_to(actor).select_related("root").get(pk=subject)
    tasks = list(JitTask.objects.visible_to(actor).of(subject).with_names())
    return PlanPaper(
        root_id=jit.pk,
        title=jit.root.title,
        reference=jit.root.reference,
        handling=tuple(jit.handling),
        handling_text=jit.handling_text,
        parties=tuple(f"{one.partner.name}, {one.authority.name}" for one in parties(jit, actor=actor)),
        phases=tuple(
            Phase(title=phase.title, tasks=tuple(_line(task) for task in tasks if task.phase_id == phase.pk))
            for phase in JitPhase.objects.visible_to(actor).of(subject).in_order()
        ),
    )


def _line(task: JitTask) -> TaskLine:
    person = task.responsible
    return TaskLine(
        title=task.title,
        text=task.text,
        party=task.party.partner.name,
        responsible="" if person is None else f"{person.account.full_name}, {person.authority.name}",
        due_at=task.due_at,
        state=task.get_state_display(),
        outcome=task.outcome,
    )


PLAN: Final = Kind(
    name="jits.plan",
    label=_("Operational action plan"),
    permission=JitPermission.VIEW,
    freeze=freeze,
    address=lambda subject: reverse("jit_plan", args=[subject]),
)
