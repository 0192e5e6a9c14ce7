"""The worker's part of a copy: read under the key of the one root, keep under the key of the other, in no transaction."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils import timezone

from foundation.documents import vault
from foundation.documents.cipher import CHUNK
from foundation.documents.copying import actions
from foundation.documents.copying.actions import Begun
from foundation.documents.refusals import Broken
from foundation.documents.vault import Kept, RawReader, Writer
from foundation.jobs.queue import Claimed
from foundation.tenancy.actors import Actor

PIECE: Final = 16 * CHUNK


def copy(claimed: Claimed) -> None:
    """Make one copy. Raises what the storage or the database raises; the job is then tried again."""
    begun: Begun | None = None
    try:
        with claimed.acting() as actor:
            begun = actions.begin(order_id=claimed.subject, by=actor, at=timezone.now())
            if begun is None:
                claimed.done()
                return
            reader = vault.raw_reader(root_id=begun.version.root_id, stored=begun.version, by=actor)
            writer = vault.writer(root_id=begun.root_id, by=actor)
        with reader, writer:
            kept = _poured(reader, writer)
    except Broken as error:
        if begun is None:
            raise
        _damaged(claimed, begun, str(error))
        return
    _file(claimed, kept)


def _file(claimed: Claimed, kept: Kept) -> None:
    with vault.with_its_row(kept), claimed.acting() as actor:
        filed = actions.finish(order_id=claimed.subject, kept=kept, by=actor, at=timezone.now())
        claimed.done()
    if not filed:
        vault.forget(kept.location)


def _damaged(claimed: Claimed, begun: Begun, problem: str) -> None:
    location, now = begun.version.location, timezone.now()
    with claimed.acting() as actor:
        actions.damaged(order_id=claimed.subject, location=location, problem=problem, by=actor, at=now)
        claimed.done()


def _poured(reader: RawReader, writer: Writer) -> Kept:
    """The whole file. The reader holds it against its fingerprint before it gives the last bytes. Raises Broken, Unreachable."""
    while piece := reader.read(PIECE):
        writer.write(piece)
    return writer.finish()


def give_up(actor: Actor, order_id: UUID, _why: str) -> None:
    """After the last attempt."""
    actions.give_up(order_id=order_id, by=actor, at=timezone.now())
