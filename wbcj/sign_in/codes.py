"""Forms of the sign-in library about second factors, with our limits and words."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.fields import InvalidJSONInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wbcj.sign_in import actions, happenings, limits
from wbcj.sign_in.forms import words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CODE_HELP = _("Six digits from your authenticator app, or one of your recovery codes.")
NAME_LENGTH = 100
# Several times what an authenticator sends with all its certificates; the time for parsing grows with the square of the length.
CREDENTIAL_LENGTH = 32_768
# What parsing raises for bytes that no authenticator made.
BROKEN = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError, struct.error)
# The library's own refusal as well.
REFUSED = (ValidationError, InvalidSignature, *BROKEN)


def _digits(field: forms.Field, label: StrOrPromise, help_text: StrOrPromise = "") -> None:
    """In our words, with the keys for digits on a telephone."""
    words(field, label, help_text)
    field.widget.attrs["inputmode"] = "numeric"


class _LimitedCode:
    """Takes an attempt before the code is looked at; a wrong one stays counted."""

    user: Any

    def clean_code(self) -> str:
        """The library's own check, limited our way."""
        attempt = limits.code(context.request, self.user)
        code: str = super().clean_code()  # type: ignore[misc]  # the form beside this class has it
        attempt.give_back()
        return code


class _OnceOnly(_LimitedCode):
    """A code opens once, and whoever used up a recovery code is told."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        """Refuse a code of the app that was good a moment ago: the library forgets it while the app's next codes still run."""
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not limits.first_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def save(self) -> None:
        """Let it count."""
        super().save()  # type: ignore[misc]  # the form beside this class has it
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            actions.happened(happenings.RECOVERY_CODE_USED, account=self.user, at=timezone.now())
            messages.warning(context.request, _left(self.authenticator))


def _left(codes: Authenticator) -> str:
    codes.refresh_from_db(fields=["data"])
    count = len(RecoveryCodes(codes).get_unused_codes())
    said = ngettext(
        "You used a recovery code; it is void now. %(count)d is left.",
        "You used a recovery code; it is void now. %(count)d are left.",
        count,
    )
    return said % {"count": count}


class Code(_OnceOnly, AuthenticateForm):
    """A code or recovery code at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _digits(self.fields["code"], _("Code"), CODE_HELP)


class CodeAgain(_OnceOnly, ReauthenticateForm):
    """The same, to confirm inside a session who one is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _digits(self.fields["code"], _("Code"), CODE_HELP)


class FirstCode(_LimitedCode, ActivateTOTPForm):
    """The code that proves that the app was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _digits(self.fields["code"], _("Code that the app shows now"))


class Credential(forms.JSONField):
    """What a browser sends of a passkey. It is good once, so it never stands in a form that comes back."""

    def to_python(self, value: Any) -> Any:
        """Refuse what no browser sends: it may be too long, nested too deeply, or hold letters that the database does not take."""
        if isinstance(value, str) and (len(value) > CREDENTIAL_LENGTH or "\\u" in value):
            raise self._wrong()
        try:
            return super().to_python(value)
        except BROKEN as error:
            raise self._wrong() from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing."""
        return InvalidJSONInput("")

    def _wrong(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid"], code="invalid")


def _credential(said: StrOrPromise) -> Credential:
    """The field, with one sentence for everything that is no passkey."""
    return Credential(widget=forms.HiddenInput, error_messages={"required": said, "invalid": said})


class NewPasskey(AddWebAuthnForm):
    """A passkey is meant to replace the password, unless somebody has a plain security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)
        words(self.fields["name"], _("Name"), _("So that you find it again in your list."))
        self.fields["name"].widget.attrs["maxlength"] = NAME_LENGTH
        self.fields["credential"] = _credential(get_adapter().error_messages["no_passkey_made"])
        words(
            self.fields["passwordless"],
            _("Sign in with it alone, without the password"),
            _("It then asks for your finger, face or PIN. Turn this off for a security key that can do neither."),
        )

    def clean_name(self) -> str:
        """The device holds the passkey already, so a name that is too long is cut and not refused."""
        return super().clean_name()[:NAME_LENGTH]

    def clean(self) -> dict[str, Any]:
        """Nothing that a browser sends is more than a wrong passkey."""
        try:
            found: dict[str, Any] = super().clean()
        except REFUSED as error:
            raise get_adapter().validation_error("no_passkey_made") from error
        return found


class NameOfPasskey(EditWebAuthnForm):
    """What the person calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words(self.fields["name"], _("Name"))
        self.fields["name"].validators.append(MaxLengthValidator(NAME_LENGTH))
        self.fields["name"].widget.attrs["maxlength"] = NAME_LENGTH


class _AnyPasskey:
    """Nothing that a browser sends is more than a wrong passkey."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _credential(get_adapter().error_messages["unknown_passkey"])

    def clean_credential(self) -> Authenticator:
        """The library's own check; bytes that no authenticator made are refused like a stranger's key."""
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]  # the form beside this class has it
        except REFUSED as error:
            raise get_adapter().validation_error("unknown_passkey") from error
        return found


class Passkey(_AnyPasskey, AuthenticateWebAuthnForm):
    """A passkey or security key after the password."""


class PasskeyAlone(_AnyPasskey, LoginWebAuthnForm):
    """A passkey in the place of password and code."""


class PasskeyAgain(_AnyPasskey, ReauthenticateWebAuthnForm):
    """A passkey to confirm inside a session who one is."""
