"""Forms of the sign-in library about passwords, with our limits and words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.tenancy.choices import AccountKind
from wbcj.sign_in import actions, happenings, limits

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LINK_SECONDS = 0.1
"""So long takes what depends on whether an address has an account."""
PASSWORD_HELP = _("At least 15 characters; no common password, not only digits, and not your name or address.")


def words(field: forms.Field, label: StrOrPromise, help_text: StrOrPromise = "") -> None:
    """Label and help in our words; a label that vanishes while one types is none."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words(self.fields["login"], _("E-mail address"))
        words(self.fields["password"], _("Password"), self.fields["password"].help_text)


class PasswordAgain(ReauthenticateForm):
    """The password once more, to confirm inside a session who one is. The adapter counts the attempts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words(self.fields["password"], _("Password"))


class ChangePassword(ChangePasswordForm):
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words(self.fields["oldpassword"], _("Present password"))
        _new_password(self)

    def clean_oldpassword(self) -> str:
        """The library's own check, limited: whoever finds an open session must not guess the password in it."""
        attempt = limits.session(context.request)
        password: str = super().clean_oldpassword()
        attempt.give_back()
        return password


class ChoosePassword(ResetPasswordKeyForm):
    """A new password, through a link that was mailed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_password(self)


class AskForLink(ResetPasswordForm):
    """A link for a new password. The answer is the same for every address, and waits as long: a worker makes the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words(self.fields["email"], _("E-mail address"))
        self.over = time.monotonic() + LINK_SECONDS

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Ask for the mail, within limits that neither flood a person nor keep one waiting without a link."""
        limits.asking(request)
        email = str(self.cleaned_data["email"])
        if limits.may_mail(email):
            for account in (one for one in self.users if one.kind == AccountKind.PERSON):
                actions.happened(happenings.LINK_ASKED, account=account, at=timezone.now())
        # Longer than the work takes by far, so that the time does not tell whether there was any.
        time.sleep(max(0.0, self.over - time.monotonic()))
        return email


def _new_password(form: forms.Form) -> None:
    words(form.fields["password1"], _("New password"), PASSWORD_HELP)
    words(form.fields["password2"], _("New password again"))
