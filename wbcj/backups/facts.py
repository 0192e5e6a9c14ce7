"""What a database holds, as its owner sees it: rows and a digest of each table, sequences, the record, migrations."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import sql

from wbcj.backups import catalog

RECORD = ("audit_event", "audit_detail")
# Rows that mean nothing in another database: the feed of changes is in the order of this one's transactions (ADR 0024).
LEFT_OUT = ("access_change",)
# Values are written the same way whatever the settings of server and role.
PLAIN = "SET timezone TO 'UTC'; SET datestyle TO 'ISO'; SET intervalstyle TO 'postgres'; SET bytea_output TO 'hex'"


@dataclass(frozen=True)
class Content:
    """The rows of one table, in a digest that does not depend on their order on disk."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Facts:
    """Everything by which two databases can be told to be the same."""

    tables: dict[str, Content]
    sequences: dict[str, int | None]
    last_event_at: str
    migrations: list[str]
    catalog: dict[str, list[str]]

    @property
    def events(self) -> int:
        """How many events are on record."""
        return self.tables["audit_event"].rows

    @property
    def record_sha256(self) -> str:
        """One digest over all events and details."""
        return hashlib.sha256("".join(self.tables[name].sha256 for name in RECORD).encode()).hexdigest()

    def plain(self) -> dict[str, Any]:
        """As plain data, for a file."""
        return asdict(self)

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Facts:
        """Out of plain data."""
        return cls(**{**plain, "tables": {name: Content(**content) for name, content in plain["tables"].items()}})


def read(connection: psycopg.Connection) -> Facts:
    """Ask for all facts. Run in one snapshot, or the parts may not belong together."""
    connection.execute(PLAIN)
    keys = primary_keys(connection)
    last = connection.execute("SELECT max(at)::text FROM audit_event").fetchone()
    return Facts(
        tables={name: content(connection, name, columns) for name, columns in keys.items()},
        sequences=dict(connection.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1").fetchall()),
        last_event_at=str(last[0] or "") if last else "",
        migrations=[
            f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
        ],
        catalog=catalog.read(connection),
    )


def primary_keys(connection: psycopg.Connection) -> dict[str, list[str]]:
    """Every table whose rows are kept with the columns of its primary key; all columns where it has none."""
    rows = connection.execute(
        "SELECT c.relname, array_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.attnum = ANY (i.indkey)),"
        " array_agg(a.attname ORDER BY a.attnum)"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        " GROUP BY c.relname ORDER BY c.relname"
    )
    return {name: key or everything for name, key, everything in rows if name not in LEFT_OUT}


def content(connection: psycopg.Connection, table: str, key: list[str]) -> Content:
    """Count the rows and make their digest, in the order of the key as bytes: no two machines sort letters alike."""
    order = sql.SQL(", ").join(sql.SQL('{}::text COLLATE "C"').format(sql.Identifier(column)) for column in key)
    statement = sql.SQL("COPY (SELECT * FROM {} ORDER BY {}) TO STDOUT").format(sql.Identifier(table), order)
    digest, rows = hashlib.sha256(), 0
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        for block in stream:
            digest.update(block)
            # A line break inside a value is written as two characters.
            rows += bytes(block).count(b"\n")
    return Content(rows, digest.hexdigest())


def hidden_from_owner(connection: psycopg.Connection) -> list[str]:
    """Tables with row security whose owner has no policy that shows every row: a dump would leave rows out in silence."""
    rows = connection.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relrowsecurity AND c.relforcerowsecurity"
        " AND c.relnamespace = 'public'::regnamespace AND (NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid"
        " AND p.polpermissive AND p.polcmd IN ('r', '*') AND c.relowner = ANY (p.polroles)"
        " AND pg_get_expr(p.polqual, p.polrelid) = 'true')"
        " OR EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive"
        " AND p.polcmd IN ('r', '*') AND p.polroles && ARRAY[c.relowner, 0::oid])) ORDER BY 1"
    )
    return [name for (name,) in rows]


def differences(expected: Facts, found: Facts) -> list[str]:
    """Every way in which two databases differ, by name; empty when they are the same."""
    said = [
        f"table {name}: {_rows(expected.tables.get(name))} in the backup, {_rows(found.tables.get(name))} here"
        for name in sorted(expected.tables.keys() | found.tables.keys())
        if expected.tables.get(name) != found.tables.get(name)
    ]
    if expected.sequences != found.sequences:
        said.append("the sequences do not stand where they stood")
    if expected.last_event_at != found.last_event_at:
        said.append(f"the last event is of {found.last_event_at or 'never'} instead of {expected.last_event_at}")
    if expected.migrations != found.migrations:
        said.append("other migrations are noted as applied")
    return said + catalog.differences(expected.catalog, found.catalog)


def _rows(content: Content | None) -> str:
    return "no such table" if content is None else f"{content.rows} rows ({content.sha256[:12]})"
