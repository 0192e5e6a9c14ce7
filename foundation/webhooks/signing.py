"""The secret of a subscription, and signatures made with it, as Standard Webhooks says (standardwebhooks.com, version 1.0.0).

The secret signs each delivery, so it has to be read again: it is kept encrypted under the master key, bound to its subscription.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from foundation.documents import keys
from foundation.documents.refusals import Unreachable

PREFIX = "whsec_"
BYTES = 32


@dataclass(frozen=True)
class Kept:
    """A secret as a row keeps it, and the name of the master key that opens it."""

    wrapped: bytes = field(repr=False)
    master: str


def made() -> bytes:
    """A new secret."""
    return secrets.token_bytes(BYTES)


def spelled(secret: bytes) -> str:
    """As the receiver is given it."""
    return PREFIX + base64.b64encode(secret).decode()


def keep(secret: bytes, subscription: UUID) -> Kept:
    """Encrypt it under the master key of today."""
    master = keys.masters()[0]
    return Kept(keys.wrap(secret, by=master.key, bound_to=_bound_to(subscription)), master.name)


def opened(kept: Kept, subscription: UUID) -> bytes:
    """Decrypt it. Raises Unreachable when its master key is not given, Broken when it does not open."""
    for known in keys.masters():
        if known.name == kept.master:
            return keys.unwrap(kept.wrapped, by=known.key, bound_to=_bound_to(subscription))
    raise Unreachable("the master key of this secret is not given")


def _bound_to(subscription: UUID) -> bytes:
    return b"wbcj webhook secret" + subscription.bytes


def signatures(secrets_now: Iterable[bytes], *, message_id: str, timestamp: int, body: bytes) -> str:
    """The header ``webhook-signature``: one signature with each secret, parted by blanks."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(_signature(secret, signed) for secret in secrets_now)


def _signature(secret: bytes, signed: bytes) -> str:
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
