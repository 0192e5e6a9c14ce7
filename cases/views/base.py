"""What pages about one case have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from cases import states
from cases.models import Case
from cases.permissions import CasePermission
from foundation import access
from foundation.pages.base import ActorPage
from foundation.pages.forms import ActionPage


def case_trail(case: Case) -> list[dict[str, str]]:
    """Breadcrumb of pages under a case."""
    return [
        {"label": _("Cases"), "url": reverse("cases")},
        {"label": case.root.reference, "url": case_address(case)},
    ]


def case_address(case: Case, fragment: str = "") -> str:
    """The page of a case, or a part of it."""
    address = reverse("case", kwargs={"pk": case.pk})
    return f"{address}#{fragment}" if fragment else address


class OfCase(ActorPage):
    """A page about one case: loads it through the wall and requires the page's permission on it."""

    permission: ClassVar[access.Permission] = CasePermission.VIEW
    case: Case

    def load(self) -> None:
        """The case with root and owner."""
        self.case = Case.objects.visible_to(self.actor).with_owner().get(pk=self.kwargs["pk"])
        self.root_id = self.case.pk
        access.require(self.actor, self.permission, self.case)

    @cached_property
    def now(self) -> datetime:
        """The clock of this request."""
        return timezone.now()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Case, trail and clock."""
        return super().get_context_data(case=self.case, trail=case_trail(self.case), now=self.now, **kwargs)


class CaseForm(OfCase, ActionPage):
    """A form page under a case. ``heading``, ``lead`` and ``submit_label`` are its words; ``part`` is where it leads back to."""

    template_name = "cases/form.html"
    heading: ClassVar[Promise | str]
    lead: ClassVar[Promise | str] = ""
    part: ClassVar[str] = ""
    danger: ClassVar[bool] = False

    @property
    def not_now(self) -> str:
        """Nothing is written on a closed case."""
        return "" if self.case.status in states.AT_WORK else str(states.NOT_AT_WORK)

    def back(self) -> str:
        """Where the page leads after the act, and without it."""
        return case_address(self.case, self.part)

    def act(self, form: forms.Form) -> str:
        """Write, then go back to the part of the case where it shows."""
        self.write(form)
        return self.back()

    def write(self, form: forms.Form) -> None:
        """Call the action."""
        raise TypeError(f"{type(self).__name__} has no write()")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of the page."""
        words = {"heading": self.heading, "lead": self.lead, "cancel_url": self.back(), "danger": self.danger}
        return super().get_context_data(**{**words, **kwargs})
