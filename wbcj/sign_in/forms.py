"""Forms of the sign-in library with our limits and words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation import access
from wbcj.sign_in import actions, limits


class _LimitedCode:
    """Takes an attempt before the code is looked at; a wrong one stays counted."""

    user: Any

    def clean_code(self) -> str:
        """The library's own check, limited our way."""
        attempt = limits.code(context.request, self.user.email)
        code: str = super().clean_code()  # type: ignore[misc]  # the form beside this class has it
        attempt.give_back()
        return code


class Code(_LimitedCode, AuthenticateForm):
    """A code or recovery code at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _("Six digits from your authenticator app, or one of your recovery codes.")


class CodeAgain(_LimitedCode, ReauthenticateForm):
    """The same, to confirm inside a session who one is."""


class FirstCode(_LimitedCode, ActivateTOTPForm):
    """The code that proves that the app was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code that the app shows now")


class NewPasskey(AddWebAuthnForm):
    """A passkey is meant to replace the password, unless somebody has a plain security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label, name.help_text = _("Name"), _("So that you find it again in your list.")
        name.widget.attrs["maxlength"] = 100
        alone.label = _("Sign in with it alone, without the password")
        alone.help_text = _(
            "It then asks for your finger, face or PIN. Turn this off for a security key that can do neither."
        )


class AskForLink(ResetPasswordForm):
    """A link for a new password. The answer is the same for every address, and takes as long: the mail is made by a worker."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Ask for the mail, within limits that neither flood a person nor keep one waiting without a link."""
        limits.asking(request)
        email = str(self.cleaned_data["email"])
        if limits.may_mail(email):
            for account in self.users:
                self._ask(account.pk)
        return email

    def _ask(self, account_id: Any) -> None:
        try:
            with access.acting_as(account_id) as actor:
                actions.ask_for_link(by=actor, at=timezone.now())
        except access.NotInOffice:
            return
