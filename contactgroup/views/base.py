"""What pages about one nomination have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from contactgroup.models import Nomination
from contactgroup.permissions import NominationPermission
from foundation import access
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage
from foundation.workflow.states import Transition


def trail(nomination: Nomination | None = None) -> list[dict[str, str]]:
    """Breadcrumb of the pages under a nomination."""
    steps = [{"label": _("Contact Group"), "url": reverse("nominations")}]
    if nomination is not None:
        steps.append({"label": nomination.root.reference, "url": reverse("nomination", args=[nomination.pk])})
    return steps


class OfNomination(ActorPage):
    """A page about one nomination: loads it through the walls and requires the page's permission on it."""

    permission: ClassVar[access.Permission] = NominationPermission.VIEW
    nomination: Nomination

    def load(self) -> None:
        """The nomination, or 404."""
        self.nomination = Nomination.objects.visible_to(self.actor).with_names().get(pk=self.kwargs["pk"])
        self.root_id = self.nomination.pk
        access.require(self.actor, self.permission, self.nomination)


class NominationForm(OfNomination, ActionPage):
    """A form over one nomination."""

    template_name = "contactgroup/form.html"
    heading: ClassVar[Promise | str]
    remark: ClassVar[Promise | str] = ""
    danger: ClassVar[bool] = False
    moves: ClassVar[tuple[Transition[NominationPermission], ...]]

    @property
    def not_now(self) -> str:
        """What its table says; of two moves, one must be possible."""
        reasons = [move.why_not(self.nomination.status) for move in self.moves]
        return reasons[0] if all(reasons) else ""

    def back(self) -> str:
        """The nomination's page."""
        return reverse("nomination", args=[self.nomination.pk])

    def get_initial(self) -> dict[str, Any]:
        """The version that is shown."""
        return {"version": self.nomination.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        words = {
            "nomination": self.nomination,
            "heading": self.heading,
            "lead": self.nomination.root.title,
            "remark": self.remark,
            "danger": self.danger,
            "trail": trail(self.nomination),
            "cancel_url": self.back(),
        }
        return super().get_context_data(**{**words, **kwargs})
