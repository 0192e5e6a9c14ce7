"""Acts on cases: each calls the action of its page, with the form of its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone

from cases import actions, states
from cases.api.forms import CaseBody, CaseEditBody, values_as_said
from cases.api.operations import OfCase
from cases.forms.case import values_of
from cases.forms.children import MoveForm, ReasonForm
from cases.permissions import CasePermission
from foundation.pages.api.writing import Creating, Done, Editing, Moving, Writing, done
from foundation.systems.scopes import Scope
from foundation.workflow.states import Transition

CODED = ("crime_types", "priorities", "concerned")
FACTS = {
    "title": "Cigarettes over the lake",
    "summary": "Lorries cross at night.",
    "crime_types": ["drug_trafficking"],
    "concerned": ["MK"],
    "handling": ["H0"],
}


class CaseOpen(Creating):
    """Open a case as a draft.

    It belongs to the bearer's authority; the bearer and the authority's case registry see it and nobody else, until it is opened
    (`/open`) and shared. A text that looks like personal data is refused once: take it out, or say `personal_data_checked`.
    """

    permission = CasePermission.CREATE
    scope = Scope.CASES_WRITE
    verb = "cases.case.created"
    form_class = CaseBody
    coded = CODED
    sample = FACTS

    def form_arguments(self) -> dict[str, Any]:
        """Code lists as of today."""
        return {"today": timezone.localdate(), "actor": self.actor}

    def act(self, form: forms.Form) -> Done:
        """Write the draft."""
        assert isinstance(form, CaseBody)
        return done(actions.open_case(facts=form.facts(), by=self.actor, at=self.now), "api_case")


class OnCase(OfCase, Writing):
    """An act on one case, which is loaded as for reading it, with the permission of the act."""

    scope = Scope.CASES_WRITE

    @property
    def edited(self) -> models.Model:
        """The case."""
        return self.case


class CaseEdit(OnCase, Editing):
    """Change the facts of a case.

    What the body leaves out stays as it is; a list that is given replaces the one that stands.
    """

    permission = CasePermission.EDIT
    verb = "cases.case.edited"
    form_class = CaseEditBody
    coded = CODED
    sample: ClassVar[dict[str, Any]] = {"summary": "Lorries cross at night, and boats."}

    def form_arguments(self) -> dict[str, Any]:
        """Code lists as of today and as chosen before."""
        return {"today": timezone.localdate(), "actor": self.actor, "case": self.case}

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """What stands there."""
        return values_as_said(dict(values_of(self.case, self.actor)))

    def act(self, form: forms.Form) -> Done:
        """Replace the facts."""
        assert isinstance(form, CaseEditBody)
        version = form.cleaned_data["version"]
        edited = actions.edit(case=self.case, facts=form.facts(), version=version, by=self.actor, at=self.now)
        return done(edited, "api_case")


class CaseMove(OnCase, Moving):
    """A transition of the table of states, with a reason where the table asks for one."""

    transition: ClassVar[Transition[CasePermission]]
    form_class: ClassVar[type[forms.Form]] = MoveForm

    def act(self, form: forms.Form) -> Done:
        """Call the transition's action."""
        moved = actions.MOVES[self.transition.name](case=self.case, by=self.actor, at=self.now, **form.cleaned_data)
        return done(moved, "api_case")


class CaseSubmit(CaseMove):
    """Open a draft to others.

    From now on it may be shared, nominated and worked on.
    """

    permission = CasePermission.SUBMIT
    verb = "cases.case.submit"
    transition = states.SUBMIT


class CaseCoordinate(CaseMove):
    """Begin the coordination of a selected case.

    Refused while no second partner has joined.
    """

    permission = CasePermission.COORDINATE
    verb = "cases.case.coordinate"
    transition = states.COORDINATE


class CaseClose(CaseMove):
    """Close a case.

    Refused while an invitation is unanswered. The reason stays on record.
    """

    permission = CasePermission.CLOSE
    verb = "cases.case.close"
    transition = states.CLOSE
    form_class = ReasonForm
    sample: ClassVar[dict[str, Any]] = {"reason": "Judgments are final on both sides."}


class CaseReopen(CaseMove):
    """Take a closed case up again.

    The reason stays on record.
    """

    permission = CasePermission.REOPEN
    verb = "cases.case.reopen"
    transition = states.REOPEN
    form_class = ReasonForm
    sample: ClassVar[dict[str, Any]] = {"reason": "A new witness."}


class CaseArchive(CaseMove):
    """Put a closed case away for good.

    Refused while a task is unfinished. It cannot be reopened.
    """

    permission = CasePermission.ARCHIVE
    verb = "cases.case.archive"
    transition = states.ARCHIVE
