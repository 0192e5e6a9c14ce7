"""Rotate the master key: the secrets of webhooks are encrypted anew, as the keys of roots are."""

from __future__ import annotations

from typing import Any

import psycopg

from foundation.documents import keys
from foundation.webhooks import signing
from foundation.webhooks.signing import Kept

# The condition names what is not kept under the master key of today.
_LEFT = """
SELECT count(*) FROM webhooks_subscription
 WHERE master <> %(today)s OR (former_secret IS NOT NULL AND former_master <> %(today)s)
"""
_NEXT = """
SELECT id, secret, master, former_secret, former_master FROM webhooks_subscription
 WHERE master <> %(today)s OR (former_secret IS NOT NULL AND former_master <> %(today)s)
 ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
"""
_REWRAP = (
    "UPDATE webhooks_subscription SET secret = %s, master = %s, former_secret = %s, former_master = %s WHERE id = %s"
)


def left(connection: psycopg.Connection[Any]) -> int:
    """How many webhooks have a secret that is not kept under the master key of today."""
    row = connection.execute(_LEFT, {"today": keys.masters()[0].name}).fetchone()
    return int(row[0]) if row else 0


def rewrap(connection: psycopg.Connection[Any]) -> int:
    """Keep every secret under the master key of today; of how many webhooks. As the owner of the tables, each in a transaction.

    Raises Unreachable where a secret is kept under a master key that is not given, Broken where it does not open.
    """
    done = 0
    while _rewrap_one(connection):
        done += 1
    return done


def _rewrap_one(connection: psycopg.Connection[Any]) -> bool:
    with connection.transaction():
        row = connection.execute(_NEXT, {"today": keys.masters()[0].name}).fetchone()
        if row is None:
            return False
        key, secret, master, former, former_master = row
        anew = signing.keep(signing.opened(Kept(secret, master), key), key)
        values: list[object] = [anew.wrapped, anew.master, None, ""]
        if former is not None:
            again = signing.keep(signing.opened(Kept(former, former_master), key), key)
            values[2:] = [again.wrapped, again.master]
        connection.execute(_REWRAP, [*values, key])
    return True
