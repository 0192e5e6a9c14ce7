"""One's own signed-in devices, and what we do in the place of the sign-in library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.pages.forms import ActionPage
from wbcj.home.permissions import HomePermission
from wbcj.sign_in import actions, devices


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """One line of the list. It says no place and no network address: both are guesses that frighten more than they tell."""

    session: UserSession
    device: str
    here: bool


class EndForm(forms.Form):
    """Which one to end; all others when none is named."""

    session = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class Devices(ActionPage):
    """Where the actor's account is signed in."""

    permission = HomePermission.VIEW
    verb = "sign_in.sessions.viewed"
    template_name = "home/devices.html"
    form_class = EndForm

    def load(self) -> None:
        """The live sessions of the account, this one first, in two statements."""
        mine = list(UserSession.objects.filter(user_id=self.actor.account_id).order_by("-last_seen_at", "-pk"))
        keys = [session.session_key for session in mine]
        now = timezone.now()
        live = set(
            Session.objects.filter(session_key__in=keys, expire_date__gt=now).values_list("session_key", flat=True)
        )
        here = self.request.session.session_key
        lines = [
            SignedIn(session=s, device=devices.in_words(s.user_agent), here=s.session_key == here)
            for s in mine
            if s.session_key in live
        ]
        self.lines = sorted(lines, key=lambda line: not line.here)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines, and whether there are others than this one."""
        others = [line for line in self.lines if not line.here]
        trail = [{"label": _("My account"), "url": reverse("my_account")}]
        return super().get_context_data(lines=self.lines, others=len(others), trail=trail, **kwargs)

    def act(self, form: forms.Form) -> str:
        """End one of the others, or all of them; this one is ended by signing out."""
        chosen = form.cleaned_data["session"]
        others = [line.session for line in self.lines if not line.here]
        named = [session for session in others if chosen in {None, session.pk}]
        ended = actions.end_sessions(by=self.actor, at=timezone.now(), sessions=named)
        said = ngettext("%(count)d device was signed out.", "%(count)d devices were signed out.", ended)
        messages.success(self.request, said % {"count": ended} if ended else _("That device was signed out already."))
        return reverse("devices")


class ConfirmByPasskey(ReauthenticateWebAuthnView):
    """Says a wrong passkey on the very page, where one can try again; the library leads away from what one was doing."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """The same page, with what was wrong."""
        for problem in form.errors.get("credential", []):
            messages.error(self.request, str(problem))
        return redirect(self.passthrough_next_url(reverse("mfa_reauthenticate_webauthn")))  # type: ignore[no-untyped-call]


confirm_by_passkey = ConfirmByPasskey.as_view()
