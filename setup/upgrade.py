"""`make upgrade FROM=commit`: fill a database with earlier code, migrate it with the present one, compare it with a fresh one."""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from foundation.servers import roles
from setup.progress import say
from setup.sources import CHECKOUT, STATE
from wbcj.backups import catalog, facts

# Django's own lists of models, permissions and migrations grow with the code.
BOOKKEEPING = frozenset({"auth_permission", "django_content_type", "django_migrations"})
GAINS = {
    "reference_change": "the history of rules that staff set before they had one is told from the rules themselves"
}
"""Table that a migration adds rows to -> why. None of its rows may be missing."""
USED, FRESH = "wbcj_used", "wbcj_fresh"
LOGINS = ("DATABASE_URL", "DATABASE_OWNER_URL")


class UpgradeFails(Exception):
    """The upgrade does not lead where a fresh start leads; the message says what differs."""


def main() -> None:
    """Try the upgrade from one commit; ends with 0, or with what differs."""
    commit = " ".join(sys.argv[1:])
    if not commit:
        sys.exit("Name the commit or tag to upgrade from: make upgrade FROM=v0.1.0")
    try:
        old = checked_out(commit)
        run(old)
    except UpgradeFails as error:
        sys.exit(f"\nThe upgrade fails: {error}")


def checked_out(commit: str) -> Path:
    """The files of the commit with an environment of their own, in a folder that is kept for the next time."""
    found = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}"],
        cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if found.returncode:
        raise UpgradeFails(f"there is no commit {commit} in this checkout, or it came without its history.")
    key = found.stdout.strip()
    folder = STATE / "upgrade" / key[:12]
    if not folder.exists():
        files = subprocess.run(["git", "archive", key], cwd=CHECKOUT, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(files)) as archive:
            archive.extractall(folder, filter="data")
    subprocess.run([sys.executable, "setup/environment.py", "runtime"], cwd=folder, check=True)
    return folder


def run(old: Path) -> None:
    """Fill with the old code, migrate with the present one, compare with what was and with a fresh start."""
    python = str(old / "var" / "venv" / "bin" / "python")
    plain = {name: value for name, value in os.environ.items() if name not in (*LOGINS, "REDIS_URL")}
    command(old, plain, python, "-m", "foundation.servers", "start")
    try:
        lines = command(old, plain, python, "-m", "foundation.servers", "environment").splitlines()
        addresses = dict(shlex.split(line)[1].split("=", 1) for line in lines)
        used, fresh = (surroundings(plain | addresses, database) for database in (USED, FRESH))
        before = filled(old, python, used)
        migrate(CHECKOUT, sys.executable, used)
        say(f"migrated with the present code: {sum(before.values())} rows of {len(before)} tables were there before")
        migrate(CHECKOUT, sys.executable, empty(fresh, FRESH))
        compare(before, used, fresh)
    finally:
        command(old, plain, python, "-m", "foundation.servers", "stop")
    say("every row is there; tables, policies, functions and grants are those of a fresh start")


def filled(old: Path, python: str, used: dict[str, str]) -> dict[str, int]:
    """Make the demo world as the old code makes it; how many rows each table has."""
    migrate(old, python, empty(used, USED))
    for name in ("load_reference_data", "load_demo_world"):
        command(old, used, python, "manage.py", name)
    say(f"a demo world of {old.name}")
    return rows(used)


def compare(before: dict[str, int], used: dict[str, str], fresh: dict[str, str]) -> None:
    """Raise UpgradeFails when a row is missing or too much, or when the two ways lead to different tables."""
    now = rows(used)
    said = [
        f"{table}: {count} rows before, {now.get(table, 'no table')} now"
        for table, count in before.items()
        if table not in BOOKKEEPING and not _kept(table, count, now.get(table))
    ]
    with psycopg.connect(fresh["DATABASE_OWNER_URL"]) as one, psycopg.connect(used["DATABASE_OWNER_URL"]) as other:
        said += catalog.differences(catalog.read(one), catalog.read(other))
    if said:
        raise UpgradeFails("\n  ".join(["", *said]))


def _kept(table: str, before: int, now: int | None) -> bool:
    return now is not None and (now >= before if table in GAINS else now == before)


def rows(of: dict[str, str]) -> dict[str, int]:
    """The rows of each table, as the owner sees them."""
    with psycopg.connect(of["DATABASE_OWNER_URL"]) as connection:
        tables = facts.primary_keys(connection)
        return {name: facts.content(connection, name, key).rows for name, key in tables.items()}


def surroundings(given: dict[str, str], database: str) -> dict[str, str]:
    """What every command is told, with the addresses of one database."""
    addresses = {name: urlunsplit(urlsplit(given[name])._replace(path=f"/{database}")) for name in LOGINS}
    settings = {"DJANGO_SETTINGS_MODULE": "wbcj.settings.production", "WBCJ_DEMO": "1", "WBCJ_STATEMENT_TIMEOUT": "0"}
    return given | addresses | settings


def empty(of: dict[str, str], database: str) -> dict[str, str]:
    """Make the database anew, with what the owner says once in each."""
    outside = urlunsplit(urlsplit(of["DATABASE_OWNER_URL"])._replace(path="/postgres"))
    with psycopg.connect(outside, autocommit=True) as connection:
        name = sql.Identifier(database)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    roles.grant_defaults(of["DATABASE_OWNER_URL"], runtime=roles.Login.of(of["DATABASE_URL"]).name)
    return of


def migrate(code: Path, python: str, of: dict[str, str]) -> None:
    """Migrate with the code of one folder, as the owner."""
    command(code, of | {"WBCJ_DATABASE_ROLE": "owner"}, python, "manage.py", "migrate", "--no-input", "-v", "0")


def command(folder: Path, told: dict[str, str], *words: str) -> str:
    """Run a command in one of the two checkouts; what it printed."""
    result = subprocess.run(
        words, cwd=folder, env=told, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise UpgradeFails(f"{' '.join(words[1:])} ended with {result.returncode}:\n{result.stderr.strip()[-2000:]}")
    return result.stdout


if __name__ == "__main__":
    main()
