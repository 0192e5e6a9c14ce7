"""Think up, revise, propose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import states as case_states
from cases.models import Case
from foundation import access
from foundation.pages.forms import ActionPage
from foundation.tenancy.models import Authority
from jits import actions, request, states
from jits.forms.moves import MoveForm
from jits.forms.request import ReviseForm, ThinkUpForm, values_of
from jits.models import Jit
from jits.permissions import JitPermission
from jits.solver.facts import TEAM
from jits.views.base import JitForm, JitMove


class ThinkUp(ActionPage):
    """The request for a team on a case."""

    permission = JitPermission.PROPOSE
    verb = "jits.think_up.viewed"
    template_name = "jits/think_up.html"
    form_class = ThinkUpForm
    keeps_drafts = True
    submit_label = gettext_lazy("Save the idea")

    def load(self) -> None:
        """The case, to which the actor must contribute."""
        self.case = Case.objects.visible_to(self.actor).select_related("root").get(pk=self.kwargs["pk"])
        self.root_id = self.case.pk
        access.require(self.actor, self.permission, self.case)

    @property
    def not_now(self) -> str:
        """A team is for a case that is worked on, by two partners at least."""
        if self.case.status not in case_states.AT_WORK:
            return str(case_states.NOT_AT_WORK)
        if len({authority.partner_id for authority in self.candidates}) < TEAM:
            return _("Nobody of another partner works on this case yet. Invite a partner to the case first.")
        return ""

    @cached_property
    def candidates(self) -> list[Authority]:
        """The authorities that can be parties."""
        return request.candidates(self.case.pk, by=self.actor)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whom it can be asked of."""
        return {**super().get_form_kwargs(), "candidates": self.candidates}

    def get_initial(self) -> dict[str, Any]:
        """The case's title, which may be replaced, and the own authority."""
        own = [str(one.pk) for one in self.candidates if one.pk == self.actor.authority_id]
        return {"title": self.case.root.title, "parties": own}

    def act(self, form: forms.Form) -> str:
        """To the new team."""
        typed = cast("ThinkUpForm", form)
        parties = typed.cleaned_data["parties"]
        jit = actions.think_up(case=self.case, asked=typed.asked(), parties=parties, by=self.actor, at=timezone.now())
        return reverse("jit", args=[jit.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        address = reverse("root", args=[self.case.pk])
        return super().get_context_data(
            heading=_("Think of a joint investigation team"),
            lead=f"{self.case.root.reference}, {self.case.root.title}",
            trail=[{"label": self.case.root.reference, "url": address}],
            cancel_url=address,
            **kwargs,
        )


class Revise(JitForm):
    """Change the request."""

    transition = states.REVISE
    permission = states.REVISE.permission
    verb = "jits.revise.viewed"
    form_class = ReviseForm
    keeps_drafts = True
    changes = "jits."
    heading = states.REVISE.label
    submit_label = gettext_lazy("Save the request")
    remark = gettext_lazy(
        "The parties stay. Whoever agreed in principle already is asked again when the request changes."
    )

    @property
    def edited(self) -> Jit:
        """The team."""
        return self.jit

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The request as it stands."""
        return values_of(cast("Jit", record))

    def get_initial(self) -> dict[str, Any]:
        """The request as it stands."""
        return {**values_of(self.jit), "version": self.jit.version}

    def act(self, form: forms.Form) -> str:
        """Back to the team."""
        typed = cast("ReviseForm", form)
        version = typed.cleaned_data["version"]
        actions.revise(jit=self.jit, asked=typed.asked(), version=version, by=self.actor, at=timezone.now())
        return self.back()


class Propose(JitMove):
    """Open the team to its parties."""

    transition = states.PROPOSE
    permission = states.PROPOSE.permission
    verb = "jits.propose.viewed"
    form_class = MoveForm
    heading = submit_label = states.PROPOSE.label
    remark = gettext_lazy(
        "Everybody of each party's authority who works on the case reads the request now, and decides on the team as you do."
        " Partners that are no party learn nothing."
    )
    call = staticmethod(actions.propose)
