"""What we decide in place of the sign-in library. Its own limits are off: see ``limits``."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.pages import assurance, clients
from foundation.tenancy.models import Account
from wbcj.sign_in import actions, devices, factors, happenings, limits

WAYS = {
    "reauthenticate": gettext_lazy("Use your password"),
    "mfa_reauthenticate": gettext_lazy("Use a code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use a passkey"),
}
"""How one says again who one is, under the library's names."""


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in without sign-up, with limits that lock nobody out."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("This address and this password do not belong together."),
        "enter_current_password": gettext_lazy("That is not your present password."),
        "incorrect_code": gettext_lazy("This code is not right."),
        "incorrect_password": gettext_lazy("That is not your password."),
    }
    _attempt: limits.Attempt | None = None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the client, right behind proxies too."""
        return clients.client(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Take an attempt before the password is looked at."""
        signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
        login = str(credentials.get("email", ""))
        self._attempt = limits.session(request) if signed_in else limits.password(request, login)

    def _rollback_login_failed_rl_usage(self) -> None:
        """The library says here that the password was right."""
        if self._attempt is not None:
            self._attempt.give_back()

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Know the browser from now on, and tell the person of one that was not known."""
        assert isinstance(user, Account)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if devices.known(request, user.email) is None:
            actions.happened(happenings.NEW_DEVICE, account=user, at=timezone.now())
        devices.remember(request, response, user.email)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """The password was right, and the account is closed: say so where it was typed."""
        messages.error(request, _("This account is closed. Ask the administrator of your authority."))
        return redirect("account_login")

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """How one may say again who one is, in our words."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**method, "description": WAYS[method["id"]]} for method in methods]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """One's own factors are rights as well: the same freshness as everywhere, a sign-in a moment ago included."""
        return not assurance.fresh(context.request)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """What happened goes on record and to the person through our own queue."""
        assert isinstance(user, Account)
        actions.happened(happenings.BY_TEMPLATE[template_prefix], account=user, at=timezone.now())
        if template_prefix in happenings.REMOVED:
            assurance.forget_factor(self.request)
        if template_prefix in happenings.ADDED and factors.is_the_only_one(user):
            self._end_sessions_without_factor(user)

    def _end_sessions_without_factor(self, user: Account) -> None:
        """The first factor: what was signed in elsewhere with the password alone signs in again."""
        others = UserSession.objects.filter(user_id=user.pk).exclude(session_key=self.request.session.session_key)
        for session in others:
            session.end()


class FactorAdapter(DefaultMFAAdapter):
    """Second factors in the product's words; their secrets are encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": gettext_lazy("Set up a passkey or codes from an app first."),
        "incorrect_code": gettext_lazy(
            "This code is not right, or it was used before: every code works once. Wait for the app’s next one."
        ),
        "no_passkey_made": gettext_lazy("The passkey was not made. Try once more, or use codes from an app."),
        "unknown_passkey": gettext_lazy("This passkey does not open your account."),
    }

    def encrypt(self, text: str) -> str:
        """Under the product's signing key."""
        return factors.encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return factors.decrypted(encrypted_text)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """What the browser is, for the person's own list."""
        return devices.in_words(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host that passkeys are for; a name that people know."""
        return {"id": context.request.get_host().partition(":")[0], "name": _("WBCJ Coordination")}
