"""On what a team can rest: the question by its address, and the answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from foundation.pages.base import ActorPage
from jits.forms.law import LegalBasisForm
from jits.permissions import LawPermission
from jits.queries.law_lines import LegalBasis


class LegalBasisPage(ActorPage):
    """Parties, forms of crime and a day; then the answer. It is about no record, and nothing protected stands in its address."""

    permission = LawPermission.VIEW
    verb = "jits.law.viewed"
    template_name = "jits/law.html"

    def load(self) -> None:
        """The question, and the answer where it can be understood."""
        asked = self.request.GET
        self.form = LegalBasisForm(asked or None, auto_id="law_%s")
        self.answer: LegalBasis | None = self.form.answer() if self.form.is_valid() else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """422 for a question that cannot be understood."""
        response = super().get(request, *args, **kwargs)
        if self.form.is_bound and self.answer is None:
            response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both."""
        return super().get_context_data(form=self.form, answer=self.answer, **kwargs)
