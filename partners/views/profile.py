"""One's own language and time zone."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from foundation.pages.forms import ActionPage
from foundation.tenancy.models import Account
from partners import actions, forms
from partners.permissions import PartnerPermission


class Profile(ActionPage):
    """Preferences of one's own account."""

    permission = PartnerPermission.PROFILE
    verb = "partners.profile.viewed"
    form_class = forms.PreferencesForm
    template_name = "partners/profile.html"
    submit_label = gettext_lazy("Save")

    def load(self) -> None:
        """The actor's own account."""
        self.account = Account.objects.get(pk=self.actor.account_id)

    def get_initial(self) -> dict[str, Any]:
        """What holds now."""
        return {"language": self.account.language, "time_zone": self.account.time_zone}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The present time zone stays on offer."""
        return {**super().get_form_kwargs(), "present_zone": self.account.time_zone}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who it is."""
        return super().get_context_data(person=self.account, **kwargs)

    def act(self, form: django_forms.Form) -> str:
        """Save them; the answer is in the new language."""
        actions.change_preferences(by=self.actor, **form.cleaned_data)
        with override(form.cleaned_data["language"]):
            messages.success(self.request, _("Saved."))
        return reverse("profile")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A language chosen in this browser earlier gives way to the one just saved."""
        response = super().post(request, *args, **kwargs)
        chosen_here = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        if chosen_here and isinstance(response, HttpResponseRedirect):
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
