"""One database for each size, kept below var/bench until the tables, the reference data or the bench change."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from psycopg import sql

from bench import CHECKOUT, loading
from bench.cast import SIGHTS, House, Person
from bench.world import World
from foundation.servers import roles
from tests.bed import databases as bed
from wbcj.settings import environment

PREFIX = "wbcj_bench"


class WrongProjection(Exception):
    """The bulk load and the product's own projection disagree, so nothing that is measured would be true."""


@dataclass(frozen=True)
class Loaded:
    """A database with its people, and the connections into it: the product's, the one without permission, the owner's."""

    size: int
    people: tuple[Person, ...]
    walled: BaseDatabaseWrapper
    bare: BaseDatabaseWrapper
    owner: BaseDatabaseWrapper

    def close(self) -> None:
        """End the sessions; the database stays for the next run."""
        for wrapper in (self.walled, self.bare, self.owner):
            wrapper.close()


def loaded(size: int, seed: int) -> Loaded:
    """The database of that size, made unless it stands."""
    name = f"{PREFIX}_{size}_{seed}_{_fingerprint()}"
    with bed.maintenance() as connection:
        template = bed.schema_template()
        bed.ensure(connection, template)
        standing = _databases(connection)
        if name not in standing:
            _drop_old(connection, standing, size)
            draft = f"{PREFIX}_draft_{size}"
            bed.copy(connection, template.name, draft)
            _fill(draft, size, seed)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
    return Loaded(size, _people(name), *_connections(name))


def _fingerprint() -> str:
    """Name what the content of a database follows from."""
    made_by = [CHECKOUT / "bench" / name for name in ("cast.py", "world.py", "loading.py")]
    made_by += (CHECKOUT / "bench" / "sql").glob("*.sql")
    return bed.fingerprint(sorted(made_by)) + bed.schema_template().name[-8:]


def _databases(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    return [row[0] for row in rows]


def _drop_old(connection: psycopg.Connection, standing: list[str], size: int) -> None:
    for name in standing:
        if name.startswith((f"{PREFIX}_{size}_", f"{PREFIX}_draft_{size}")):
            bed.drop(connection, name)


def _fill(name: str, size: int, seed: int) -> None:
    at = timezone.now()
    owner = wrapper("DATABASE_OWNER_URL", name)
    with pointing_to(owner):
        house = House(at)
        managers, people = house.managers(), house.people()
    owner.close()
    world = World(size=size, seed=seed, at=at, managers=managers, people=people)
    runtime = roles.Login.of(os.environ["DATABASE_URL"]).name
    with psycopg.connect(bed.address("DATABASE_OWNER_URL", name), autocommit=True) as connection:
        loading.load(connection, world)
        loading.copy_bare(connection, runtime)
        connection.execute("VACUUM ANALYZE")
        wrong = loading.differences(connection, sample=min(300, size))
        if wrong:
            raise WrongProjection(f"{wrong} rows differ")
        connection.execute("VACUUM ANALYZE access_root, access_rootgrant")
        connection.execute("CREATE TABLE bare.people (position int, facts jsonb)")
        for position, person in enumerate(people):
            connection.execute("INSERT INTO bare.people VALUES (%s, %s)", [position, _facts(person)])


def _facts(person: Person) -> str:
    return json.dumps([str(person.account_id), str(person.membership_id), person.through, person.principals])


def _people(name: str) -> tuple[Person, ...]:
    with psycopg.connect(bed.address("DATABASE_OWNER_URL", name)) as connection:
        rows = connection.execute("SELECT facts FROM bare.people ORDER BY position").fetchall()
    return tuple(
        Person(
            sight=sight,
            account_id=UUID(account),
            membership_id=UUID(membership),
            through=tuple(through),
            principals=tuple(principals),
        )
        for sight, ((account, membership, through, principals),) in zip(SIGHTS, rows, strict=True)
    )


def _connections(name: str) -> tuple[BaseDatabaseWrapper, BaseDatabaseWrapper, BaseDatabaseWrapper]:
    return (
        wrapper("DATABASE_URL", name),
        wrapper("DATABASE_URL", name, search_path="bare,public"),
        wrapper("DATABASE_OWNER_URL", name),
    )


def wrapper(variable: str, name: str, **session: str) -> BaseDatabaseWrapper:
    """A connection as the settings make it, to another database."""
    url = bed.address(variable, name)
    if variable == "DATABASE_URL":
        session["statement_timeout"] = "30s"
    usual: dict[str, Any] = connections.databases["default"]
    made = connections.create_connection("default")
    made.settings_dict = {**usual, **environment.database(url, **session)}
    return made


@contextmanager
def pointing_to(wrapper: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the product work on this connection for a block."""
    before = connections["default"]
    connections["default"] = wrapper
    try:
        yield
    finally:
        connections["default"] = before
