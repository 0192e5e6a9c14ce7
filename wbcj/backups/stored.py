"""What a backup says of stored files: whether each that the database knows is there, and which master key opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from foundation.documents.cipher import segments_of, stored_size
from foundation.documents.segments import name_of


def known(connection: psycopg.Connection[Any]) -> list[tuple[UUID, int]]:
    """Location and size of every file that a row knows; none in a database from before there were documents."""
    row = connection.execute("SELECT to_regprocedure('documents_files()') IS NOT NULL").fetchone()
    if row is None or not row[0]:
        return []
    return connection.execute("SELECT location, size FROM documents_files()").fetchall()


def masters(connection: psycopg.Connection[Any]) -> list[str]:
    """The names of the master keys under which the keys of roots stand."""
    row = connection.execute("SELECT to_regclass('documents_rootkey') IS NOT NULL").fetchone()
    if row is None or not row[0]:
        return []
    return [name for (name,) in connection.execute("SELECT DISTINCT master FROM documents_rootkey ORDER BY 1")]


def missing(files: list[tuple[UUID, int]], folder: Path) -> list[str]:
    """The locations of which a segment is not there, or has not its length."""
    return [str(location) for location, size in files if not _stands(folder, location, size)]


def _stands(folder: Path, location: UUID, size: int) -> bool:
    paths = [folder / name_of(location, segment) for segment in range(segments_of(size))]
    return all(path.is_file() and path.stat().st_size == stored_size(size, n) for n, path in enumerate(paths))
