"""Where passwords are checked."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from foundation.tenancy.choices import AccountKind
from foundation.tenancy.models import Account
from wbcj.demo import invented


class Door(AuthenticationBackend):
    """For people alone: a system shows its token elsewhere.

    The people of the demo, whose passwords anybody can read, exist in the demo alone.
    """

    def authenticate(  # type: ignore[override]  # allauth's own signature
        self, request: HttpRequest | None, **credentials: Any
    ) -> Account | None:
        """Refuse an invented person outside the demo, in the same words as a wrong password."""
        return _admitted(super().authenticate(request, **credentials))

    def get_user(self, user_id: Any) -> Account | None:
        """A session that was begun in the demo ends when the demo does."""
        return _admitted(super().get_user(user_id))


def _admitted(account: AbstractBaseUser | None) -> Account | None:
    assert account is None or isinstance(account, Account)
    if account is None or account.kind != AccountKind.PERSON:
        return None
    if settings.WBCJ_DEMO:
        return account
    return None if invented.is_invented(account.email) else account
