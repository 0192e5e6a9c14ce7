"""Verify a paper: for anybody who holds a file, without an account. The file is judged and not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from foundation.components import formats
from foundation.documents.seals import authority, verifying
from foundation.pages import clients, errors
from wbcj.sign_in.limits import QUARTER, Attempt, Limit

FROM_ONE_NETWORK = Limit("verify", 40, QUARTER)
"""Files from one network: a court that checks a bundle, and no more."""


class VerifyForm(forms.Form):
    """One PDF."""

    file = forms.FileField(label=_("PDF file"), widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = _("At most %(size)s; no paper of this site is larger.") % {"size": formats.size(verifying.LARGEST)}
        self.fields["file"].help_text = most

    def clean_file(self) -> object:
        """Not larger than any paper."""
        if self.cleaned_data["file"].size > verifying.LARGEST:
            raise ValidationError(_("This file is larger than any paper of this site."))
        return self.cleaned_data["file"]


# Generic in the stubs alone.
if TYPE_CHECKING:
    _VerifyPage = FormView["VerifyForm"]
else:
    _VerifyPage = FormView


class Verify(_VerifyPage):
    """Says of an uploaded file whether it is the sealed original, was changed after sealing, or is not known; never what it holds."""

    template_name = "verify/verify.html"
    form_class = VerifyForm
    http_method_names = ("get", "head", "post")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Judge the file; 429 for a network that asks too often."""
        wait = Attempt().count(FROM_ONE_NETWORK, clients.network(request))
        return errors.too_many(request, wait=wait) if wait else super().post(request, *args, **kwargs)

    def form_valid(self, form: VerifyForm) -> HttpResponse:
        """The same page with the answer on it."""
        answer = verifying.verify(form.cleaned_data["file"])
        return self.render_to_response(self.get_context_data(form=VerifyForm(), answer=answer))

    def form_invalid(self, form: VerifyForm) -> HttpResponse:
        """The form again, with what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the seals of this installation are made."""
        return super().get_context_data(test_seal=authority.is_test(), **kwargs)
