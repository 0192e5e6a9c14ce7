"""The operational action plan as its reader sees it, and what of it waits for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from foundation import access
from foundation.tenancy.actors import Actor
from jits import states
from jits.choices import TaskState
from jits.models import Jit, JitPhase, JitTask
from jits.permissions import JitPermission
from jits.queries.parties import own_party

TONES: Final = {TaskState.OPEN: "progress", TaskState.DONE: "good", TaskState.DROPPED: "closed"}


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task; overdue when it is open after its deadline."""

    task: JitTask
    overdue: bool

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return TONES[TaskState(self.task.state)]


@dataclass(frozen=True, kw_only=True)
class PhaseView:
    """A phase with its tasks, the nearest deadline first."""

    phase: JitPhase
    lines: Sequence[TaskLine]

    @property
    def settled(self) -> int:
        """How many tasks are done or dropped."""
        return sum(1 for line in self.lines if line.task.state != TaskState.OPEN)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.lines)


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """All phases, and whether the reader may change the plan."""

    phases: Sequence[PhaseView]
    may_change: bool

    @property
    def overdue(self) -> int:
        """How many tasks are overdue."""
        return sum(1 for phase in self.phases for line in phase.lines if line.overdue)


def plan(jit: Jit, *, actor: Actor, at: datetime) -> PlanView:
    """Four statements, whatever the number of phases and tasks."""
    tasks = list(JitTask.objects.visible_to(actor).of(jit.pk).with_names())
    phases = tuple(
        PhaseView(phase=phase, lines=[_line(task, at) for task in tasks if task.phase_id == phase.pk])
        for phase in JitPhase.objects.visible_to(actor).of(jit.pk).in_order()
    )
    allowed = access.allowed(actor, states.PLAN.permission, jit) and jit.status in states.PLAN.sources
    return PlanView(phases=phases, may_change=allowed and own_party(jit, by=actor) is not None)


def _line(task: JitTask, at: datetime) -> TaskLine:
    return TaskLine(task=task, overdue=task.state == TaskState.OPEN and task.due_at <= at)


def has_plan(jit: Jit) -> bool:
    """Is there a plan, or could there be one? A suspended team keeps its own; no statement."""
    return jit.status in states.PLANNED or jit.suspended_from in states.PLANNED


def tasks_open_to(actor: Actor, _at: datetime | None = None) -> QuerySet[JitTask]:
    """Open tasks of teams at work that the actor is responsible for."""
    if not access.role_allows(actor, JitPermission.VIEW):
        return JitTask.objects.none()
    at_work = Jit.objects.visible_to(actor).filter(status__in=states.PLANNED).values("pk")
    own = JitTask.objects.visible_to(actor).open().filter(responsible=actor.membership_id)
    return own.filter(root__in=at_work)
