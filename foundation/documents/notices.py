"""Who is told what about stored files. A sentence names no case, no person and no title."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from foundation.notifications import inbox, kinds
from foundation.notifications.kinds import Way
from foundation.tenancy.actors import Actor

kinds.area("documents", _("Documents"))
BROKEN = kinds.declare(
    "documents.file.broken",
    _("A stored file that you see is damaged; nothing of it is given out. Open the record's documents."),
    ways=frozenset({Way.AT_ONCE}),
    urgent=True,
)

REFUSED = kinds.declare(
    "documents.upload.refused",
    _("A file that you sent was refused, and nothing was filed. The record's documents say why, and what you can do."),
    ways=frozenset({Way.AT_ONCE, Way.DIGEST, Way.OFF}),
)

NOT_COPIED = kinds.declare(
    "documents.copy.failed",
    _("A copy of a document that you ordered was not filed. The list of your copies says why, and what you can do."),
    ways=frozenset({Way.AT_ONCE, Way.DIGEST, Way.OFF}),
    page="document_copies",
)

NOT_LOOKED_INTO = kinds.declare(
    "documents.upload.not_looked_into",
    _(
        "A file that you sent could not be looked into, and nothing was filed. The record's documents say what you can do."
    ),
    ways=frozenset({Way.AT_ONCE, Way.DIGEST, Way.OFF}),
)


def refused(root_id: UUID, *, by: Actor, at: datetime) -> None:
    """Whoever sent the file, in their own inbox: they may have left the page on which it says so."""
    inbox.remind(kind=REFUSED.name, root_id=root_id, due_at=at, by=by, at=at)


def not_looked_into(root_id: UUID, *, by: Actor, at: datetime) -> None:
    """Whoever sent the file, in their own inbox."""
    inbox.remind(kind=NOT_LOOKED_INTO.name, root_id=root_id, due_at=at, by=by, at=at)


def broken(root_id: UUID, *, by: Actor, at: datetime) -> None:
    """Whoever manages the root, in their own inbox."""
    inbox.remind(kind=BROKEN.name, root_id=root_id, due_at=at, by=by, at=at)


def not_copied(*, by: Actor, at: datetime) -> None:
    """Whoever ordered the copy, in their own inbox; without a root, for they may have lost either."""
    inbox.remind(kind=NOT_COPIED.name, root_id=None, due_at=at, by=by, at=at)
