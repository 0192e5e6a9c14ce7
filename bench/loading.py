"""The world written in bulk: what a million actions would leave behind, in seconds.

The triggers rest meanwhile, so the projection is computed in one statement (sql/project.sql); ``differences`` compares a sample of it
with what the product's own function makes of the same shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import Connection, Rollback, sql

from bench.world import Due, Given, Opened, World
from cases.choices import Stage, Status, Urgency
from foundation.components.handling import HandlingCode

Database = Connection[Any]
SQL = Path(__file__).parent / "sql"
LOADED = ("cases_task", "cases_concernedpartner", "cases_case", "access_share", "access_rootgrant", "access_root")
BARE = ("bare.access_root", "bare.access_rootgrant", "bare.cases_case")
_ROOT = ("id", "kind", "reference", "title", "folded", "opened_at", "sort_at")
_CASE = (
    "root_id", "version", "owner_id", "status", "summary", "stage", "urgency", "handling", "handling_text",
    "opened_at", "opened_by_id",
)  # fmt: skip
_TASK = ("id", "root_id", "assignee_id", "title", "text", "due_at", "given_at", "given_by_id")
_SHARE = ("id", "root_id", "principal_id", "level", "reason", "purpose", "granted_at", "granted_by_id", "until")


def load(connection: Database, world: World) -> None:
    """Write roots, shares, the projection and the cases behind the roots, in one transaction."""
    with connection.transaction(), loose(connection, *LOADED):
        connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
        connection.execute("CREATE TEMPORARY TABLE new_root (LIKE access_root) ON COMMIT DROP")
        connection.execute("ALTER TABLE new_root ALTER COLUMN acl DROP NOT NULL")
        _copy(connection, "new_root", _ROOT, map(_root, world.roots))
        _copy(connection, "access_share", _SHARE, (_share(given, world.at) for given in world.shares()))
        connection.execute((SQL / "project.sql").read_bytes())
        _copy(connection, "cases_case", _CASE, map(_case, world.roots))
        connection.execute((SQL / "concerned.sql").read_bytes())
        _copy(connection, "cases_task", _TASK, (_task(due, world.at) for due in world.tasks()))


def copy_bare(connection: Database, runtime: str) -> None:
    """Copy what is measured to tables without row security."""
    statements = (SQL / "bare.sql").read_text()
    with connection.transaction():
        connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
        connection.execute(sql.SQL(statements).format(runtime=sql.Identifier(runtime)))
        with without_indexes(connection, *BARE):
            connection.execute((SQL / "bare_rows.sql").read_bytes())


def differences(connection: Database, *, sample: int) -> int:
    """How many rows of some roots' projections change when the product's own function makes them anew."""
    with connection.transaction():
        roots = connection.execute("SELECT id FROM access_root ORDER BY md5(id::text) LIMIT %s", [sample]).fetchall()
        keys = [root[0] for root in roots]
        before = _projection(connection, keys)
        connection.execute("DELETE FROM access_rootgrant WHERE content_object_id = ANY (%s)", [keys])
        connection.execute("UPDATE access_root SET acl = '{}' WHERE id = ANY (%s)", [keys])
        connection.execute(
            "SELECT access_project(s.root_id, s.principal_id) FROM access_share s WHERE s.root_id = ANY (%s)", [keys]
        )
        after = _projection(connection, keys)
        raise Rollback
    return len(before ^ after)


def _projection(connection: Database, keys: list[object]) -> set[tuple[Any, ...]]:
    """Grants, and the array's members, of some roots."""
    grants = connection.execute(
        "SELECT content_object_id, group_id, permission_id, level, kind, opened_at, sort_at, until FROM access_rootgrant"
        " WHERE content_object_id = ANY (%s)",
        [keys],
    )
    listed = connection.execute("SELECT id, unnest(acl) FROM access_root WHERE id = ANY (%s)", [keys])
    return {*grants, *listed}


def _root(root: Opened) -> tuple[object, ...]:
    return root.key, "case", root.reference, root.title, root.folded, root.sort_at, root.sort_at


def _case(root: Opened) -> tuple[object, ...]:
    by = root.by
    stage = Stage.APPEAL if root.odd else Stage.INVESTIGATION
    urgency = Urgency.CRITICAL if root.pressing else Urgency.NORMAL
    return (
        root.key, 1, by.authority_id, Status.OPEN.value, f"{root.title}. " * 6, stage.value, urgency.value,
        [HandlingCode.H0.value], "", root.sort_at, by.membership_id,
    )  # fmt: skip


def _task(due: Due, at: datetime) -> tuple[object, ...]:
    return due.key, due.root, due.assignee, "Measured task", "", due.due_at, at, due.by


def _share(given: Given, at: datetime) -> tuple[object, ...]:
    return (
        given.key, given.root, given.principal, int(given.level), str(given.reason), "measured", at, given.by, given.until,
    )  # fmt: skip


def _copy(connection: Database, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def loose(connection: Database, *tables: str) -> Iterator[None]:
    """Take own triggers, foreign keys and plain indexes off some tables, then put them back, so that every row is checked.

    The owner is bound by the policies meanwhile as little as its own policy binds it: COPY knows no row security.
    """
    for table in tables:
        rest = "ALTER TABLE {} DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY"
        connection.execute(sql.SQL(rest).format(sql.Identifier(table)))
    with without_indexes(connection, *tables):
        yield
    for table in tables:
        again = "ALTER TABLE {} ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY"
        connection.execute(sql.SQL(again).format(sql.Identifier(table)))


@contextmanager
def without_indexes(connection: Database, *tables: str) -> Iterator[None]:
    """Take foreign keys and plain indexes off some tables, then make them anew at once, which is faster than row by row."""
    taken: list[tuple[str, str]] = []
    for table in tables:
        taken += connection.execute((SQL / "loose.sql").read_bytes(), {"table": table}).fetchall()
    for away, _back in taken:
        connection.execute(away.encode())
    yield
    for _away, back in reversed(taken):
        connection.execute(back.encode())
