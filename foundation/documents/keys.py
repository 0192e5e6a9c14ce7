"""Three rings of keys: a key for each file, wrapped by the key of its root, wrapped by the master key outside the database.

A wrapped key is bound to what it is for: the key of a root opens for that root alone, the key of a file for that root and location.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connection

from foundation.access import context
from foundation.access.ledger import NotThere
from foundation.documents.cipher import KEY, NONCE
from foundation.documents.models import RootKey
from foundation.documents.refusals import Broken, Unreachable
from foundation.tenancy.actors import Actor

SHORTEST = 32
"""Characters of a master key at least; `openssl rand -base64 32` gives 44."""


@dataclass(frozen=True)
class Master:
    """A master key, and the name under which rows refer to it; the name tells nothing of the key."""

    name: str
    key: bytes = field(repr=False)


@cache
def master(secret: str) -> Master:
    """The master key that a secret text stands for."""

    def derived(purpose: bytes, length: int) -> bytes:
        return HKDF(SHA256(), length, salt=None, info=purpose).derive(secret.encode())

    return Master(derived(b"wbcj master key: name", 8).hex(), derived(b"wbcj master key", KEY))


def masters() -> tuple[Master, ...]:
    """The master key, and while a rotation runs the former one as well."""
    given = (settings.WBCJ_MASTER_KEY, settings.WBCJ_FORMER_MASTER_KEY)
    return tuple(master(secret) for secret in given if secret)


def wrap(key: bytes, *, by: bytes, bound_to: bytes) -> bytes:
    """Encrypt a key with another one."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(by).encrypt(nonce, key, bound_to)


def unwrap(wrapped: bytes | memoryview, *, by: bytes, bound_to: bytes) -> bytes:
    """Decrypt it. Raises Broken when it was made for something else."""
    sealed = bytes(wrapped)
    try:
        return AESGCM(by).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise Broken("a stored key is not the one for this place") from error


def of_root(root_id: UUID) -> bytes:
    """What the key of a root is bound to."""
    return b"wbcj root key" + root_id.bytes


def of_file(root_id: UUID, location: UUID) -> bytes:
    """What the key of a file is bound to."""
    return b"wbcj file key" + root_id.bytes + location.bytes


def open_root_key(wrapped: bytes | memoryview, master_name: str, *, root_id: UUID) -> bytes:
    """The key of a root. Raises Unreachable when its master key is not given, Broken when it does not open."""
    for known in masters():
        if known.name == master_name:
            return unwrap(wrapped, by=known.key, bound_to=of_root(root_id))
    raise Unreachable("the master key of this root is not given")


def root_key(*, root_id: UUID, by: Actor) -> bytes:
    """The key of a root that the actor sees. Raises NotThere, Unreachable, Broken."""
    row = RootKey.objects.visible_to(by).filter(root_id=root_id).first()
    if row is None:
        raise NotThere
    return open_root_key(row.wrapped, row.master, root_id=root_id)


def root_key_to_write(*, root_id: UUID, by: Actor) -> bytes:
    """The same, made when the root has none yet. Who may: whoever sees the root. Raises NotThere, Unreachable, Broken."""
    context.current(by)
    first = masters()[0]
    fresh = wrap(secrets.token_bytes(KEY), by=first.key, bound_to=of_root(root_id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped, master FROM documents_root_key(%s, %s, %s)", [root_id, fresh, first.name])
        row = cursor.fetchone()
    if row is None:
        raise NotThere
    return open_root_key(row[0], row[1], root_id=root_id)
