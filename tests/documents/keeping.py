"""Keeping and reading files in the tests."""

from __future__ import annotations

import hashlib
import random
from datetime import datetime
from typing import Any
from uuid import UUID

from foundation.access import audiences
from foundation.documents import actions, vault
from foundation.documents.actions import Description, Incoming
from foundation.documents.models import Document, DocumentVersion
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


def described(**changes: Any) -> Description:
    values: dict[str, Any] = {"title": "Request of 3 May", "kind": "request", "language": "sq", "handling": ["H1"]}
    return Description(**values | changes)


def incoming(kept: Kept, **changes: Any) -> Incoming:
    values: dict[str, Any] = {"file_name": "request.pdf", "media_type": "application/pdf", "scan": "not_scanned"}
    return Incoming(kept=kept, **values | changes)


def file_document(
    data: bytes,
    *,
    root_id: UUID,
    by: Actor,
    at: datetime,
    audience: str = audiences.EVERYONE,
    about: UUID | None = None,
    name: str = "request.pdf",
    **changes: Any,
) -> Document:
    return actions.receive(
        root_id=root_id,
        description=described(**changes),
        incoming=incoming(keep(data, root_id=root_id, by=by), file_name=name),
        audience=audiences.group_of(audience, by),
        about=about,
        by=by,
        at=at,
    )


def add_version(data: bytes, document: Document, *, by: Actor, at: datetime) -> DocumentVersion:
    kept = keep(data, root_id=document.root_id, by=by)
    return actions.add_version(document=document, incoming=incoming(kept), version=document.version, by=by, at=at)
