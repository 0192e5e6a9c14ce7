"""Form pages: one action, one effect, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django import forms
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.choices import flatten_choices, normalize_choices
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin
from psycopg.errors import UniqueViolation

from foundation import access
from foundation.audit.models import Event
from foundation.pages import submissions
from foundation.pages.base import ActorPage
from foundation.workflow.refusals import Refusal

# Generic in the stubs alone.
if TYPE_CHECKING:
    _FormMixin = FormMixin[forms.Form]
else:
    _FormMixin = FormMixin


class VersionedForm(forms.Form):
    """A form over an editable record: it carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ActionPage(_FormMixin, ActorPage):
    """Shows a form and calls one action with it. ``act`` returns the address to go to.

    A refusal of the action comes back as an error of the form with everything that was typed; so does a stale version, with what
    stands there now beside it. The same form sent twice has one effect.
    """

    template_name = "pages/form.html"
    submit_label: ClassVar[Any] = ""
    key_spent = False

    def act(self, form: forms.Form) -> str:
        """Call the action; return where to go."""
        raise TypeError(f"{type(self).__name__} has no act()")

    def values_of(self, record: models.Model) -> Mapping[str, object]:
        """The record's values under the form's field names: the initial values, and what a stale form is compared with."""
        return {}

    def repeated(self) -> HttpResponseBase | None:
        """Where the same form led before; waits for the same form in flight."""
        key = submissions.key_of(self.request.POST.get(submissions.FIELD, ""))
        try:
            location = None if key is None else submissions.earlier(by=self.actor, key=key, path=self.request.path)
        except submissions.KeyUsedElsewhere:
            self.key_spent = True
            return None
        return None if location is None else redirect(location)

    def _key(self) -> UUID | None:
        """The key of the form that came, unless it is missing or was another form's."""
        return None if self.key_spent else submissions.key_of(self.request.POST.get(submissions.FIELD, ""))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do it once."""
        form = self.get_form()
        key = self._key()
        if key is None:
            form.add_error(None, _("This form came without its key. Nothing was changed; send it again."))
            return self._again(form, 422)
        if not form.is_valid():
            return self._again(form, 422)
        try:
            location = self.act(form)
        except access.StaleVersion as error:
            self.outcome = Event.Outcome.STALE
            return self._again(self._stale(form, error.theirs), 409)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
            self.outcome = Event.Outcome.CONFLICT
            form.add_error(
                None, _("Somebody did the same at the same moment. Look again before you send this once more.")
            )
            return self._again(form, 409)
        except Refusal as error:
            self.outcome = Event.Outcome.CONFLICT
            form.add_error(None, str(error))
            return self._again(form, 409)
        submissions.remember(by=self.actor, key=key, path=request.path, location=location, at=timezone.now())
        return redirect(location)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the submission key and the button's words."""
        context = super().get_context_data(**kwargs)
        sent = self._key()
        context["submission_key"] = str(sent) if sent else submissions.new_key()
        context["submit_label"] = self.submit_label
        return context

    def _again(self, form: forms.Form, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def _stale(self, form: forms.Form, theirs: models.Model) -> forms.Form:
        """The same form with what stands there now, ready to be sent again over it."""
        now = self.values_of(theirs)
        differing = [
            {
                "label": form[name].label,
                "theirs": _in_words(form.fields[name], value),
                "mine": form.cleaned_data.get(name),
            }
            for name, value in now.items()
            if name in form.fields and name != "version" and form.cleaned_data.get(name) != value
        ]
        self.extra_context = {"differing": differing}
        form.add_error(
            None,
            _(
                "Somebody changed this while you were writing. Your text is still here, and so is what stands there"
                " now. Send again to put yours in its place."
            ),
        )
        data = self.request.POST.copy()
        data["version"] = str(getattr(theirs, "version"))  # noqa: B009
        form.data = data
        return form


def _in_words(field: forms.Field, value: object) -> object:
    """A chosen code as its form shows it; anything else as it is."""
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        return value
    labels = dict(flatten_choices(normalize_choices(field.choices)))
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(code, code)) for code in chosen)
