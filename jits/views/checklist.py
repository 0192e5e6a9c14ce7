"""The checklist of a team, and one point of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jits import actions, states
from jits.forms.checklist import PointForm
from jits.models import JitPoint
from jits.queries.checklist import checklist
from jits.queries.people import people_of
from jits.views.base import JitForm, OfJit, trail


class ChecklistPage(OfJit):
    """All points in their four parts."""

    verb = "jits.checklist.viewed"
    template_name = "jits/checklist.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list as its reader sees it."""
        view = checklist(self.jit, actor=self.actor)
        return super().get_context_data(view=view, jit=self.jit, trail=trail(self.jit), **kwargs)


class Check(JitForm):
    """What the team says to one point."""

    transition = states.CHECK
    permission = states.CHECK.permission
    verb = "jits.point.viewed"
    form_class = PointForm
    keeps_drafts = True
    heading = gettext_lazy("Answer a point")
    submit_label = gettext_lazy("Save the answer")

    def load(self) -> None:
        """The team and the point, or 404."""
        super().load()
        found = JitPoint.objects.visible_to(self.actor).of(self.jit.pk)
        self.point = get_object_or_404(found, pk=self.kwargs["child"])

    def back(self) -> str:
        """The list, at this point."""
        return f"{reverse('jit_checklist', args=[self.jit.pk])}#{self.point.code}"

    @property
    def edited(self) -> JitPoint:
        """The point."""
        return self.point

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """Its answer as it stands."""
        point = cast("JitPoint", record)
        return {"answer": point.answer, "comment": point.comment, "responsible": point.responsible_id or ""}

    def changed_by(self, record: models.Model) -> Any:
        """Whoever answered last."""
        point = JitPoint.objects.visible_to(self.actor).with_names().get(pk=self.point.pk)
        if point.answered_by is None or point.answered_at is None:
            return None
        return self.change_by(point.answered_by, at=point.answered_at)

    def get_initial(self) -> dict[str, Any]:
        """Its answer as it stands."""
        return {**self.values_of(self.point), "version": self.point.version}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who can be named."""
        return {**super().get_form_kwargs(), "people": people_of(self.jit.pk, actor=self.actor)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The question."""
        steps = [*trail(self.jit), {"label": _("Checklist"), "url": reverse("jit_checklist", args=[self.jit.pk])}]
        return super().get_context_data(lead=self.point.point.question, **{"trail": steps, **kwargs})

    def act(self, form: forms.Form) -> str:
        """Back to the list."""
        actions.check(point=self.point, by=self.actor, at=timezone.now(), **form.cleaned_data)
        return self.back()
