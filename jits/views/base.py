"""What pages about one team have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from foundation import access
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage
from foundation.workflow.states import Transition
from jits import states
from jits.models import Jit, JitParty
from jits.permissions import JitPermission
from jits.queries.parties import own_party


def trail(jit: Jit | None = None) -> list[dict[str, str]]:
    """Breadcrumb of the pages under a team."""
    steps = [{"label": _("Joint investigation teams"), "url": reverse("jits")}]
    if jit is not None:
        steps.append({"label": jit.root.reference, "url": reverse("jit", args=[jit.pk])})
    return steps


class OfJit(ActorPage):
    """A page about one team: loads it through the walls and requires the page's permission on it."""

    permission: ClassVar[access.Permission] = JitPermission.VIEW
    jit: Jit

    def load(self) -> None:
        """The team, or 404."""
        self.jit = Jit.objects.visible_to(self.actor).with_names().get(pk=self.kwargs["pk"])
        self.root_id = self.jit.pk
        access.require(self.actor, self.permission, self.jit)

    @cached_property
    def own(self) -> JitParty | None:
        """The reader's own party."""
        return own_party(self.jit, by=self.actor)


class JitForm(OfJit, ActionPage):
    """A form over one team."""

    template_name = "jits/form.html"
    heading: ClassVar[Promise | str]
    remark: ClassVar[Promise | str] = ""
    danger: ClassVar[bool] = False
    transition: ClassVar[Transition[JitPermission]]

    @property
    def not_now(self) -> str:
        """What its table says, or that it is another party's turn."""
        return self.transition.why_not(self.jit.status) or states.not_your_turn(self.transition, self.jit, self.own)

    def back(self) -> str:
        """The team's page."""
        return reverse("jit", args=[self.jit.pk])

    def get_initial(self) -> dict[str, Any]:
        """The version that is shown."""
        return {"version": self.jit.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        words = {
            "jit": self.jit,
            "heading": self.heading,
            "lead": self.jit.root.title,
            "remark": self.remark,
            "danger": self.danger,
            "trail": trail(self.jit),
            "cancel_url": self.back(),
        }
        return super().get_context_data(**{**words, **kwargs})


class JitMove(JitForm):
    """A form whose fields are what its action, ``call``, is called with."""

    call: ClassVar[Callable[..., object]]

    def act(self, form: forms.Form) -> str:
        """Back to the team."""
        self.call(jit=self.jit, by=self.actor, at=timezone.now(), **form.cleaned_data)
        return self.back()
