"""The moves of a case, each a page that asks once more."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cases import actions, states
from cases.forms.children import MoveForm, ReasonForm
from cases.permissions import CasePermission
from cases.views.base import CaseForm
from foundation.workflow.states import Transition


class CaseMove(CaseForm):
    """One transition of the table, with the version that was read and a reason where the table asks for one."""

    transition: ClassVar[Transition[CasePermission]]
    danger = False

    @property
    def heading(self) -> Promise | str:  # type: ignore[override]  # its table says it
        """What the button said."""
        return self.transition.label

    @property
    def submit_label(self) -> Promise | str:
        """The same once more."""
        return self.transition.label

    @property
    def not_now(self) -> str:
        """What its table says."""
        return self.transition.why_not(self.case.status)

    def get_form_class(self) -> type[forms.Form]:
        """With or without a reason."""
        return ReasonForm if self.transition.needs_reason else MoveForm

    def get_initial(self) -> dict[str, Any]:
        """The version that the reader sees."""
        return {"version": self.case.version}

    def write(self, form: forms.Form) -> None:
        """Call the transition's action."""
        actions.MOVES[self.transition.name](case=self.case, by=self.actor, at=self.now, **form.cleaned_data)


class Submit(CaseMove):
    """Draft to open."""

    permission = CasePermission.SUBMIT
    verb = "cases.submit.asked"
    transition = states.SUBMIT
    lead = gettext_lazy("The draft becomes a case: it can be shared, nominated to the Contact Group and worked on.")


class Coordinate(CaseMove):
    """Selected to coordinated."""

    permission = CasePermission.COORDINATE
    verb = "cases.coordinate.asked"
    transition = states.COORDINATE
    lead = gettext_lazy("A second partner has joined. The case is coordinated from now on.")


class Close(CaseMove):
    """To closed."""

    permission = CasePermission.CLOSE
    verb = "cases.close.asked"
    transition = states.CLOSE
    keeps_drafts = True
    lead = gettext_lazy(
        "Nothing more can be written on a closed case. It stays visible to those who see it now, and can be reopened."
    )
    danger = True


class Reopen(CaseMove):
    """Closed to open."""

    permission = CasePermission.REOPEN
    verb = "cases.reopen.asked"
    transition = states.REOPEN
    keeps_drafts = True
    lead = gettext_lazy("The case is open again for everyone who sees it.")


class Archive(CaseMove):
    """Closed to archived."""

    permission = CasePermission.ARCHIVE
    verb = "cases.archive.asked"
    transition = states.ARCHIVE
    lead = gettext_lazy("An archived case cannot be reopened.")
    danger = True
