"""Make a backup: dump, facts and documents of one snapshot, in a folder that appears when it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import psycopg

from wbcj.backups import facts, files, manifest, programs, stored
from wbcj.backups.manifest import DATABASE, DOCUMENTS, Manifest
from wbcj.backups.refusals import UnableToBackUp


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is backed up: the database through its owner's login, and the folder of the documents (none: object storage)."""

    owner_url: str
    owner: str
    runtime: str
    documents: Path | None


def back_up(source: Source, target: Path, *, at: datetime) -> Manifest:
    """Write the backup into a folder that must not exist yet, and read it back. Raises UnableToBackUp."""
    if target.exists():
        raise UnableToBackUp(f"{target} exists; a backup overwrites nothing.")
    if not target.parent.is_dir():
        raise UnableToBackUp(f"{target.parent} is no folder.")
    try:
        with files.whole_or_not_at_all(target) as draft:
            _write(source, draft, at=at)
            return manifest.read(draft)
    except (
        OSError, psycopg.Error, programs.NoProgram, programs.ProgramFailed, manifest.NotABackup,
    ) as error:  # fmt: skip
        raise UnableToBackUp(f"No backup was made. {error}") from error


def _write(source: Source, draft: Path, *, at: datetime) -> None:
    with psycopg.connect(source.owner_url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        hidden = facts.hidden_from_owner(connection)
        if hidden:
            raise UnableToBackUp(
                f"The owner does not see every row of {', '.join(hidden)}; a backup would leave rows out."
            )
        server = connection.info.server_version // 10_000
        program = programs.choose("pg_dump", at_least=server)
        dump = draft / DATABASE
        dump.touch(mode=0o600)
        # The owner is met by row security too (it is forced). Its own policy shows it every row, which was just asked;
        # without the switch pg_dump turns row security off and then refuses each such table.
        programs.run(
            program, "--enable-row-security", "--format=custom", f"--file={dump}", f"--snapshot={_snapshot(connection)}",
            *(f"--exclude-table-data=public.{name}" for name in facts.LEFT_OUT), url=source.owner_url,
        )  # fmt: skip
        files.settle(dump)
        found = facts.read(connection)
        known, masters = stored.known(connection), stored.masters(connection)
    # After the snapshot: a file that a row knows stays, so each file that the snapshot knows is there, but for a print that was
    # replaced meanwhile. That one is not missing: it is printed again from what stands in the rows.
    documents = {} if source.documents is None else files.copy(source.documents, draft / DOCUMENTS)
    Manifest(
        format=manifest.FORMAT,
        product=manifest.product_version(),
        made_at=manifest.instant(at),
        server=server,
        program=programs.major(program),
        owner=source.owner,
        runtime=source.runtime,
        key=manifest.key_mark(),
        parts={DATABASE: files.sha256(dump), **{f"{DOCUMENTS}/{name}": sha for name, sha in documents.items()}},
        facts=found,
        elsewhere=source.documents is None,
        missing=[] if source.documents is None else _missing(source, known, draft / DOCUMENTS),
        masters=masters,
    ).write(draft)


def _missing(source: Source, known: list[tuple[UUID, int]], copied: Path) -> list[str]:
    """What the snapshot knows and no copy holds, and what a row knows still."""
    missing = stored.missing(known, copied)
    if not missing:
        return []
    with psycopg.connect(source.owner_url) as connection:
        still = {str(location) for location, _size in stored.known(connection)}
    return [location for location in missing if location in still]


def _snapshot(connection: psycopg.Connection) -> str:
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None
    return str(row[0])
