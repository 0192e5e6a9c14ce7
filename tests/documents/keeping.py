"""Keeping and reading files in the tests."""

from __future__ import annotations

import hashlib
import random
from uuid import UUID

from foundation.documents import vault
from foundation.documents.vault import Kept
from foundation.tenancy.actors import Actor


def some_bytes(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes, *, root_id: UUID, by: Actor, step: int = 100_000) -> Kept:
    writer = vault.writer(root_id=root_id, by=by)
    for at in range(0, len(data), step):
        writer.write(data[at : at + step])
    return writer.finish()


def read(kept: Kept, *, root_id: UUID, by: Actor) -> bytes:
    with vault.reader(root_id=root_id, stored=kept, by=by) as file:
        return file.read()
