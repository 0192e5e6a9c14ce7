"""Restore a backup into an empty database, then hold what stands there against what the backup says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg import sql

from foundation.servers import roles
from wbcj.backups import catalog, facts, files, manifest, programs
from wbcj.backups.manifest import DATABASE, DOCUMENTS, Manifest
from wbcj.backups.refusals import Differs, UnableToRestore

# Made by set-up (foundation/servers/roles.py) and never by a dump.
OF_SET_UP = (" SCHEMA - public ", " ACL - SCHEMA public ", " COMMENT - SCHEMA public ", " DEFAULT ACL ")
# While these stand, each restored table would be opened to the runtime role before the dump says what it may do; and a
# dump only says what is granted, so what a migration took away would come back.
WITHOUT_DEFAULTS = (
    "ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM {runtime}",
    "ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM {runtime}",
    "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
)


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where to: an empty database through its owner's login, and a folder for the documents."""

    owner_url: str
    owner: str
    runtime: str
    documents: Path
    known_migrations: frozenset[str]


def restore(folder: Path, target: Target) -> Manifest:
    """Restore and compare. Raises UnableToRestore while the database is still empty, Differs afterwards."""
    try:
        backup = manifest.read(folder)
        with psycopg.connect(target.owner_url, autocommit=True) as connection:
            _check(backup, target, connection)
            program = programs.choose(
                "pg_restore", at_least=max(backup.program, connection.info.server_version // 10_000)
            )
        with files.whole_or_not_at_all(target.documents) as draft:
            files.copy(folder / DOCUMENTS, draft)
            with _without_default_privileges(target):
                _run(program, folder / DATABASE, target)
    except (OSError, psycopg.Error, programs.NoProgram, programs.ProgramFailed, manifest.NotABackup) as error:
        raise UnableToRestore(f"Nothing was restored. {error}") from error
    compare(backup, target)
    return backup


def compare(backup: Manifest, target: Target) -> None:
    """Hold database and documents against the manifest: counts, content, record, files, walls. Raises Differs."""
    with psycopg.connect(target.owner_url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        said = facts.differences(backup.facts, facts.read(connection))
        said += [f"rows of {name} are hidden from the owner" for name in facts.hidden_from_owner(connection)]
    if files.listed(target.documents) != backup.documents:
        said.append("the documents are not those of the backup")
    if said:
        raise Differs("\n".join(said))


def _check(backup: Manifest, target: Target, connection: psycopg.Connection) -> None:
    unknown = sorted(set(backup.facts.migrations) - target.known_migrations)
    server = connection.info.server_version // 10_000
    roles_then, roles_now = (backup.owner, backup.runtime), (target.owner, target.runtime)
    refusals = {
        f"The backup is of a newer version of the product ({backup.product}): {', '.join(unknown[:3])}.": bool(unknown),
        f"The backup is of PostgreSQL {backup.server}, this server is {server}.": server < backup.server,
        f"The backup's roles are {roles_then}, those here {roles_now}; name them alike.": roles_then != roles_now,
        "The database is not empty. Restore into a new one; nothing is ever restored over something.": (
            not catalog.is_empty(connection)
        ),
        f"{target.documents} exists; move it away first.": target.documents.exists(),
    }
    for sentence, holds in refusals.items():
        if holds:
            raise UnableToRestore(sentence)
    _check_roles(target, connection)


def _check_roles(target: Target, connection: psycopg.Connection) -> None:
    owns = "SELECT pg_has_role(current_user, datdba, 'MEMBER') FROM pg_database WHERE datname = current_database()"
    row = connection.execute(owns).fetchone()
    if row is None or not row[0]:
        raise UnableToRestore(f"{target.owner} does not own this database.")
    able = connection.execute(
        "SELECT rolsuper OR rolbypassrls OR pg_has_role(oid, %s, 'MEMBER') FROM pg_roles WHERE rolname = %s",
        [target.owner, target.runtime],
    ).fetchone()
    if able is None:
        raise UnableToRestore(f"There is no role {target.runtime}; make the roles first.")
    if able[0]:
        raise UnableToRestore(f"The role {target.runtime} can pass row security; no product works through it.")


@contextmanager
def _without_default_privileges(target: Target) -> Iterator[None]:
    with psycopg.connect(target.owner_url, autocommit=True) as connection:
        for statement in WITHOUT_DEFAULTS:
            connection.execute(sql.SQL(statement).format(runtime=sql.Identifier(target.runtime)))
    try:
        yield
    finally:
        roles.grant_defaults(target.owner_url, runtime=target.runtime)


def _run(program: Path, dump: Path, target: Target) -> None:
    entries = programs.run(program, "--list", str(dump)).splitlines()
    wanted = [line for line in entries if not any(what in line for what in OF_SET_UP)]
    with TemporaryDirectory() as folder:
        chosen = Path(folder) / "list"
        chosen.write_text("\n".join(wanted), encoding="utf-8")
        # One transaction: a restore that fails leaves the database as empty as it was.
        programs.run(
            program, "--single-transaction", "--exit-on-error", "--no-owner", f"--use-list={chosen}", str(dump),
            url=target.owner_url,
        )  # fmt: skip
