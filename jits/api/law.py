"""The legal basis of a team for partner systems: codes to compare, and the sentences of the page to show."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from foundation.pages.api.lists import checked
from foundation.pages.api.operations import Operation
from foundation.systems.scopes import Scope
from jits.api.law_example import EXAMPLE
from jits.api.law_output import LegalBasisDocument
from jits.forms.law import LegalBasisForm
from jits.permissions import LawPermission


class LegalBasisRead(Operation):
    """Ask on what a joint investigation team can rest.

    For two to ten parties (`party`, each by its code), forms of crime (`crime`, each by its code) and a day (`on`; today where it is
    missing). Answered from the treaty matrix as it stands: instruments common to all, why each other one falls away, what pairs have
    where nothing is common, the Union legal basis, whether a written legal opinion is needed, and whether the EU platform may be used.
    """

    permission = LawPermission.VIEW
    scope = Scope.JITS_READ
    verb = "jits.law.asked"
    output = LegalBasisDocument
    example = EXAMPLE
    form_class: ClassVar[type[forms.Form]] = LegalBasisForm
    parameters = ("party", "crime", "on")
    form: LegalBasisForm

    def load(self) -> None:
        """The question. Raises Refused for one that cannot be understood."""
        self.form = LegalBasisForm(self.asked.GET)
        checked(self.form)

    def read(self) -> dict[str, Any]:
        """The answer of the page."""
        return self.document(self.form.answer())
