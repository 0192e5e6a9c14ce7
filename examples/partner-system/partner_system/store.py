"""The register: one SQLite file. What is in it survives a kill at any point; what is not, has not happened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

BUSY = 30
"""Seconds for which one process waits while another writes."""
TABLES = (
    # Whom the register belongs to: another system's token would begin every intention anew.
    "CREATE TABLE IF NOT EXISTS owner (only INTEGER PRIMARY KEY CHECK (only = 1), address TEXT NOT NULL, id TEXT NOT NULL)",
    # What we read there, as it stood when we read it.
    """
    CREATE TABLE IF NOT EXISTS record (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, url TEXT NOT NULL, version INTEGER, etag TEXT NOT NULL,
        document TEXT NOT NULL, round INTEGER NOT NULL
    )
    """,
    # How far we have read: kept in the transaction of the rows that were read.
    """
    CREATE TABLE IF NOT EXISTS reading (
        only INTEGER PRIMARY KEY CHECK (only = 1), place TEXT NOT NULL, round INTEGER NOT NULL, anew INTEGER NOT NULL
    )
    """,
    # What we want to happen there. Written before anything is sent; the key never changes.
    """
    CREATE TABLE IF NOT EXISTS intention (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        act TEXT NOT NULL,
        target TEXT NOT NULL,
        thread TEXT NOT NULL,
        body TEXT NOT NULL,
        mended INTEGER NOT NULL DEFAULT 0,
        key TEXT NOT NULL UNIQUE,
        read_version INTEGER,
        written_at TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting'
            CHECK (state IN ('waiting', 'sealed', 'done', 'refused', 'stale', 'dropped')),
        address TEXT, if_match TEXT, sealed_at TEXT,
        record TEXT, url TEXT, version INTEGER, done_at TEXT,
        problem TEXT,
        CHECK (state NOT IN ('sealed', 'done', 'stale') OR (address IS NOT NULL AND sealed_at IS NOT NULL)),
        CHECK ((state = 'done') = (done_at IS NOT NULL AND record IS NOT NULL AND url IS NOT NULL))
    )
    """,
    "CREATE INDEX IF NOT EXISTS intention_thread ON intention (thread, number)",
    # What we were told by webhook, once each.
    """
    CREATE TABLE IF NOT EXISTS delivery (
        id TEXT PRIMARY KEY, event TEXT NOT NULL, body TEXT NOT NULL, arrived_at TEXT NOT NULL, pulled_at TEXT
    )
    """,
)


def opened(path: Path) -> sqlite3.Connection:
    """The register, made on first use, for its owner alone."""
    before = os.umask(0o077)
    try:
        connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    finally:
        os.umask(before)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    # A commit is on the disk when it returns: what was written down before sending is there after a power cut as well.
    connection.execute("PRAGMA synchronous = FULL")
    with writing(connection):
        for statement in TABLES:
            connection.execute(statement)
    return connection


@contextmanager
def register(path: Path) -> Iterator[sqlite3.Connection]:
    """The register for the length of a block."""
    with closing(opened(path)) as connection:
        yield connection


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it, and no other process writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def now() -> str:
    """This instant, as it is kept."""
    return datetime.now(UTC).isoformat(timespec="seconds")
