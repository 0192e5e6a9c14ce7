"""Rotate the master key: the keys of roots are wrapped anew; no file and no key of a file is touched."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg

from foundation.documents import keys

_NEXT = "SELECT id, root_id, wrapped, master FROM documents_rootkey WHERE master <> %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED"
_REWRAP = "UPDATE documents_rootkey SET wrapped = %s, master = %s, rewrapped_at = now() WHERE id = %s"


def left(connection: psycopg.Connection[Any]) -> int:
    """How many keys of roots are not wrapped by the master key of today."""
    row = connection.execute(
        "SELECT count(*) FROM documents_rootkey WHERE master <> %s", [keys.masters()[0].name]
    ).fetchone()
    return int(row[0]) if row else 0


def rewrap(connection: psycopg.Connection[Any], *, together: int = 100) -> int:
    """Wrap every key of a root with the master key of today; how many were. As the owner of the tables.

    Each batch is a transaction of its own: what was interrupted goes on where it stopped, and while it runs both master keys open what
    is stored. Raises Unreachable where a key is wrapped by a master that is not given, Broken where it does not open.
    """
    done = 0
    while batch := _rewrap_some(connection, together):
        done += batch
    return done


def _rewrap_some(connection: psycopg.Connection[Any], together: int) -> int:
    with connection.transaction():
        rows = connection.execute(_NEXT, [keys.masters()[0].name, together]).fetchall()
        for row_id, root_id, wrapped, master in rows:
            connection.execute(_REWRAP, [*_wrapped_anew(root_id, wrapped, master), row_id])
    return len(rows)


def _wrapped_anew(root_id: UUID, wrapped: bytes, master: str) -> tuple[bytes, str]:
    """The same key under the master key of today, opened once to be sure."""
    today = keys.masters()[0]
    key = keys.open_root_key(wrapped, master, root_id=root_id)
    anew = keys.wrap(key, by=today.key, bound_to=keys.of_root(root_id))
    assert keys.open_root_key(anew, today.name, root_id=root_id) == key
    return anew, today.name
