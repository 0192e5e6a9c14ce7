"""Second factors: who has one, and how their secrets are kept."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection
from uuid import UUID

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes

from foundation.tenancy.models import Account
from wbcj.demo import invented

MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes alone are no factor: they are spare keys to one."""


def has_one(request: HttpRequest) -> bool:
    """Has the signed-in person a second factor? The invented people of the demo need none, in the demo alone."""
    account = request.user
    assert isinstance(account, Account)
    if settings.WBCJ_DEMO and invented.is_invented(account.email):
        return True
    return Authenticator.objects.filter(user_id=account.pk, type__in=MAIN).exists()


def holders(accounts: Collection[UUID]) -> frozenset[UUID]:
    """Who of these accounts has a second factor; one statement."""
    found = Authenticator.objects.filter(user_id__in=accounts, type__in=MAIN)
    return frozenset(found.values_list("user_id", flat=True))


def is_the_only_one(account: Account) -> bool:
    """Is there exactly one main factor now?"""
    return Authenticator.objects.filter(user_id=account.pk, type__in=MAIN).count() == 1


def encrypted(text: str) -> str:
    """A secret as it stands in the database: a copy of the database alone opens nothing."""
    return _keys().encrypt(text.encode()).decode()


def decrypted(text: str) -> str:
    """The secret again, under this signing key or an earlier one that is still listed."""
    return _keys().decrypt(text.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"wbcj.second-factor:" + force_bytes(secret)).digest()))
