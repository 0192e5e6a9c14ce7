"""The template database, made once for each state of the migrations, and clones of it, made in a moment."""

import hashlib
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connections
from psycopg import sql

from foundation.servers import roles
from foundation.servers.processes import start_time

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = {".py", ".sql", ".csv", ".json", ".toml", ".yaml", ".txt"}
NOT_OURS = {"var", "tests", "bench", "faults", "fuzz", "examples", "docs", "static", "templates", "locale", ".git"}
PREFIX = "wbcj_bed"
DOCUMENTS = CHECKOUT / "var" / "test" / "documents"
"""Where the files of the demo world stand, for whoever has a clone of it; never those of the demo itself."""
_numbers = itertools.count()


class TemplateFailed(Exception):
    """The template database could not be made; the message is what the command said."""


@dataclass(frozen=True)
class Template:
    """A database from which tests clone theirs."""

    name: str
    commands: tuple[tuple[str, str], ...]
    base: "Template | None" = None


@cache
def schema_template() -> Template:
    """Migrated, with reference data."""
    commands = (("migrate", "owner"), ("load_reference_data", "runtime"))
    return Template(f"{PREFIX}_schema_{fingerprint(filter(_makes_the_schema, sources()))}", commands)


@cache
def world_template() -> Template:
    """Migrated, with reference data and the demo world; built through actions, so any line of code may change it."""
    commands = (("load_demo_world", "runtime"),)
    return Template(f"{PREFIX}_world_{fingerprint(sources())}", commands, base=schema_template())


def _makes_the_schema(path: Path) -> bool:
    """Say whether the tables or the reference data may depend on a file."""
    parts = path.relative_to(CHECKOUT).parts
    return path.suffix != ".py" or "migrations" in parts or any("reference" in part for part in parts)


def sources() -> list[Path]:
    """The code and data files of this checkout, tests apart."""
    folders = [path for path in CHECKOUT.iterdir() if path.is_dir() and path.name not in NOT_OURS]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in DATA)


def fingerprint(paths: Iterable[Path]) -> str:
    """Name the content of some files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(CHECKOUT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def clone(template: Template) -> Iterator[str]:
    """Lend a database of one's own, as the template holds it."""
    name = f"{PREFIX}_clone_{os.getpid()}_{next(_numbers)}"
    with maintenance() as connection:
        ensure(connection, template)
        copy(connection, template.name, name)
    try:
        yield name
    finally:
        with maintenance() as connection:
            drop(connection, name)


@contextmanager
def maintenance() -> Iterator[psycopg.Connection]:
    """A connection as owner outside every test's database, holding the lock on making and dropping templates."""
    with psycopg.connect(address("DATABASE_OWNER_URL", "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        yield connection


def ensure(connection: psycopg.Connection, template: Template) -> None:
    """Make the template unless it stands; it gets its name only when it is complete."""
    names = databases(connection)
    if template.name in names:
        return
    kind = template.name.rsplit("_", 1)[0]
    for old in names:
        if old.startswith(kind) or abandoned(old):
            drop(connection, old)
    draft = f"{PREFIX}_draft_{os.getpid()}"
    drop(connection, draft)
    if template.base is None:
        create(connection, draft)
    else:
        ensure(connection, template.base)
        drop(connection, draft)
        copy(connection, template.base.name, draft)
    for command, role in template.commands:
        if command != "migrate" and not any(CHECKOUT.glob(f"*/**/management/commands/{command}.py")):
            continue
        manage(command, role=role, database=draft)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(template.name)))


def manage(command: str, *, role: str, database: str) -> None:
    """Run a management command on one database, as the demo's set-up does."""
    surroundings = {
        **os.environ,
        **environment(database),
        "DJANGO_SETTINGS_MODULE": "wbcj.settings.production",
        "WBCJ_DATABASE_ROLE": role,
        "WBCJ_STATEMENT_TIMEOUT": "120s",
        "WBCJ_DEMO": "1",
        "WBCJ_DOCUMENTS": str(DOCUMENTS),
    }
    result = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=CHECKOUT, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if result.returncode:
        raise TemplateFailed(f"manage.py {command} failed:\n{result.stderr or result.stdout}")


def environment(database: str) -> dict[str, str]:
    """The addresses of one database for a process of its own."""
    return {name: address(name, database) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}


def address(name: str, database: str) -> str:
    """The address in an environment variable, with another database."""
    return urlunsplit(urlsplit(os.environ[name])._replace(path=f"/{database}"))


def databases(connection: psycopg.Connection) -> list[str]:
    """The databases of this test bed."""
    rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    return [row[0] for row in rows]


def abandoned(name: str) -> bool:
    """Say whether a clone or draft belongs to a test process that is no more."""
    kind, _, rest = name.removeprefix(f"{PREFIX}_").partition("_")
    return kind in ("clone", "draft") and start_time(int(rest.split("_")[0])) is None


def create(connection: psycopg.Connection, name: str) -> None:
    """Create an empty database in which new tables will be open to the runtime role."""
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    roles.grant_defaults(address("DATABASE_OWNER_URL", name), runtime=roles.Login.of(os.environ["DATABASE_URL"]).name)


def copy(connection: psycopg.Connection, template: str, name: str) -> None:
    """Clone a database by copying its files."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def drop(connection: psycopg.Connection, name: str) -> None:
    """Drop a database, sessions included. The server's own vacuum may be at work in it, which nobody may end: it takes its time."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    for _moment in range(600):
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.1)
        else:
            return
    connection.execute(statement)


def point_to(name: str) -> None:
    """Let every connection that Django opens from now on go to this database."""
    connections["default"].close()
    connections.databases["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name
