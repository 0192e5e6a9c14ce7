"""The operational action plan of a team, its phases and its tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages.conflicts import Change
from jits import actions, states
from jits.forms.moves import MoveForm, ReasonForm
from jits.forms.plan import ChangeTaskForm, FinishForm, PhaseForm, RenamePhaseForm, TaskForm, values_of
from jits.models import JitPhase, JitTask
from jits.queries.people import people_of
from jits.queries.plan import plan
from jits.queries.team import parties
from jits.views.base import JitForm, OfJit, trail


class PlanPage(OfJit):
    """All phases with their tasks."""

    verb = "jits.plan.viewed"
    template_name = "jits/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The plan as its reader sees it."""
        now = timezone.now()
        view = plan(self.jit, actor=self.actor, at=now)
        return super().get_context_data(view=view, jit=self.jit, now=now, trail=trail(self.jit), **kwargs)


class PlanForm(JitForm):
    """A form over the plan."""

    transition = states.PLAN
    permission = states.PLAN.permission

    def back(self) -> str:
        """The plan."""
        return reverse("jit_plan", args=[self.jit.pk])

    def get_initial(self) -> dict[str, Any]:
        """Nothing yet; a form over a row adds what stands there."""
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The plan in the breadcrumb."""
        steps = [*trail(self.jit), {"label": _("Action plan"), "url": reverse("jit_plan", args=[self.jit.pk])}]
        return super().get_context_data(**{"trail": steps, **kwargs})


class AddPhase(PlanForm):
    """A new phase."""

    verb = "jits.phase_form.viewed"
    form_class = PhaseForm
    heading = submit_label = gettext_lazy("Add a phase")

    def act(self, form: forms.Form) -> str:
        """To the plan, at the new phase."""
        phase = actions.add_phase(jit=self.jit, by=self.actor, at=timezone.now(), **form.cleaned_data)
        return f"{self.back()}#phase-{phase.position}"


class OfPhase(PlanForm):
    """A form over one phase."""

    def load(self) -> None:
        """The team and the phase, or 404."""
        super().load()
        self.phase = get_object_or_404(self._phases(), pk=self.kwargs["child"])

    def _phases(self) -> models.QuerySet[JitPhase]:
        return JitPhase.objects.visible_to(self.actor).of(self.jit.pk).in_order()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which phase."""
        return super().get_context_data(**{"lead": self.phase.title, **kwargs})


class RenamePhase(OfPhase):
    """Another name for a phase."""

    verb = "jits.phase.viewed"
    form_class = RenamePhaseForm
    heading = gettext_lazy("Rename the phase")
    submit_label = gettext_lazy("Save the name")

    @property
    def edited(self) -> JitPhase:
        """The phase."""
        return self.phase

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """Its name."""
        return {"title": cast("JitPhase", record).title}

    def changed_by(self, record: models.Model) -> Change | None:
        """Whoever named it last."""
        phase = self._phases().get(pk=self.phase.pk)
        return self.change_by(phase.changed_by, at=phase.changed_at)

    def get_initial(self) -> dict[str, Any]:
        """How it stands."""
        return {"title": self.phase.title, "version": self.phase.version}

    def act(self, form: forms.Form) -> str:
        """Back to the phase."""
        actions.rename_phase(phase=self.phase, by=self.actor, at=timezone.now(), **form.cleaned_data)
        return f"{self.back()}#phase-{self.phase.position}"


class WithChoices(PlanForm):
    """A form in which a task is written."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Phases, parties and people; four statements."""
        phases = JitPhase.objects.visible_to(self.actor).of(self.jit.pk).in_order()
        return {
            **super().get_form_kwargs(),
            "phases": list(phases),
            "parties": parties(self.jit, actor=self.actor),
            "people": people_of(self.jit.pk, actor=self.actor),
            "actor": self.actor,
        }


class AddTask(WithChoices, OfPhase):
    """A new task in a phase."""

    verb = "jits.task_form.viewed"
    form_class = TaskForm
    keeps_drafts = True
    heading = submit_label = gettext_lazy("Add a task")

    def get_initial(self) -> dict[str, Any]:
        """In this phase, for the own party."""
        return {"phase": str(self.phase.pk), "party": "" if self.own is None else str(self.own.pk)}

    def act(self, form: forms.Form) -> str:
        """To the plan, at the new task."""
        measure = cast("TaskForm", form).measure()
        task = actions.add_task(jit=self.jit, measure=measure, by=self.actor, at=timezone.now())
        return f"{self.back()}#task-{task.pk}"


class OfTask(PlanForm):
    """A form over one task."""

    def load(self) -> None:
        """The team and the task, or 404."""
        super().load()
        self.task = get_object_or_404(self._tasks(), pk=self.kwargs["child"])

    def _tasks(self) -> models.QuerySet[JitTask]:
        return JitTask.objects.visible_to(self.actor).of(self.jit.pk).with_names()

    def back(self) -> str:
        """The plan, at this task."""
        return f"{super().back()}#task-{self.task.pk}"

    def get_initial(self) -> dict[str, Any]:
        """The version that is shown."""
        return {"version": self.task.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which task, and whose."""
        lead = f"{self.task.title} ({self.task.party.partner.name})"
        return super().get_context_data(**{"lead": lead, **kwargs})


class ChangeTask(WithChoices, OfTask):
    """A task as it should be."""

    verb = "jits.task.viewed"
    form_class = ChangeTaskForm
    keeps_drafts = True
    heading = gettext_lazy("Change the task")
    submit_label = gettext_lazy("Save the task")

    @property
    def edited(self) -> JitTask:
        """The task."""
        return self.task

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The task as it stands."""
        return values_of(cast("JitTask", record))

    def changed_by(self, record: models.Model) -> Change | None:
        """Whoever changed it last."""
        task = self._tasks().get(pk=self.task.pk)
        return self.change_by(task.changed_by, at=task.changed_at)

    def get_initial(self) -> dict[str, Any]:
        """The task as it stands."""
        return {**values_of(self.task), "version": self.task.version}

    def act(self, form: forms.Form) -> str:
        """Back to the task."""
        typed = cast("ChangeTaskForm", form)
        version = typed.cleaned_data["version"]
        actions.change_task(task=self.task, measure=typed.measure(), version=version, by=self.actor, at=timezone.now())
        return self.back()


class TaskMove(OfTask):
    """A form whose fields are what its action, ``call``, is called with."""

    call: ClassVar[Callable[..., object]]

    def act(self, form: forms.Form) -> str:
        """Back to the task."""
        self.call(task=self.task, by=self.actor, at=timezone.now(), **form.cleaned_data)
        return self.back()


class FinishTask(TaskMove):
    """It is done."""

    verb = "jits.task_done.viewed"
    form_class = FinishForm
    keeps_drafts = True
    heading = gettext_lazy("The task is done")
    submit_label = gettext_lazy("Save as done")
    call = staticmethod(actions.finish_task)


class DropTask(TaskMove):
    """It will not be done."""

    verb = "jits.task_drop.viewed"
    form_class = ReasonForm
    keeps_drafts = True
    heading = submit_label = gettext_lazy("Drop the task")
    remark = gettext_lazy("The task stays in the plan as dropped, with the reason. Nobody is reminded of it any more.")
    danger = True
    call = staticmethod(actions.drop_task)


class ReopenTask(TaskMove):
    """It is to be done after all."""

    verb = "jits.task_reopen.viewed"
    form_class = MoveForm
    heading = submit_label = gettext_lazy("Open the task again")
    remark = gettext_lazy("What was said of its end leaves the plan and stays on record.")
    call = staticmethod(actions.reopen_task)
