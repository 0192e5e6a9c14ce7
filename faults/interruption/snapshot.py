"""Everything that stands in a database, and what a use-case did to it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

# Their rows say nothing of a use-case, and are written outside of it.
TECHNICAL = {
    "django_session": "the sign-in of a browser, written when it is read after a change",
    "usersessions_usersession": "when a browser was last seen, to the nearest five minutes, written after the answer",
}
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
# Given by the system, by chance; in the searched text it is folded, so that its last part may be longer.
REFERENCE = re.compile(r"\b[A-Za-z]{1,3}-\d{4}-[0-9A-Za-z]{4,12}\b")
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)")
# Moves at most once a minute, so whether a use-case moves it depends on the clock.
BY_THE_CLOCK = frozenset({("access_root", "sort_at"), ("access_rootgrant", "sort_at")})
# Made by chance anew each time; a column by its table and name.
BY_CHANCE = {
    ("access_change", "xid"): "the number of the transaction",
    ("audit_event", "request_id"): "each request has one of its own",
    ("documents_documentversion", "wrapped_key"): "a file has a key of its own",
    ("documents_upload", "wrapped_key"): "a file has a key of its own",
    ("documents_printout", "code"): "of a paper, to be typed by whoever verifies it",
    ("documents_printout", "wrapped_key"): "a file has a key of its own",
    ("documents_rootkey", "wrapped"): "a root has a key of its own",
    ("notifications_calendarfeed", "digest"): "of a secret address",
    (
        "reference_change",
        "row",
    ): "the number that a sequence gave to the row, which stands in another table and is compared there",
    ("systems_systemtoken", "digest"): "of a token",
    ("systems_systemtoken", "prefix"): "of a token",
    ("webhooks_subscription", "secret"): "of a webhook",
    ("webhooks_subscription", "former_secret"): "of a webhook, encrypted anew by chance",
    ("tenancy_account", "password"): "unusable passwords end in chance",
}
# Columns that hold principals and point to no table: a principal is a group.
PRINCIPALS = frozenset({"acl", "acl_write", "audience", "principal"})
NEW, NOW = "(new)", "(now)"
Row = str
Effect = dict[str, tuple[Counter[Row], Counter[Row]]]


@dataclass(frozen=True)
class Catalogue:
    """The tables of a database, and which columns hold numbers that a sequence gave."""

    tables: tuple[str, ...]
    numbered: Mapping[str, Mapping[str, str]]
    """By table and column: the table whose sequence numbers the row that the column means."""

    @classmethod
    def of(cls, session: psycopg.Connection[Any]) -> Catalogue:
        """Ask the database."""
        tables = tuple(name for (name,) in session.execute(_TABLES) if name not in TECHNICAL)
        numbered: dict[str, dict[str, str]] = {table: {} for table in tables}
        own = {(table, column) for table, column in session.execute(_SERIALS) if table in numbered}
        for table, column in own:
            numbered[table][column] = table
        for table, column, other, key in session.execute(_KEYS):
            if table in numbered and (other, key) in own:
                numbered[table][column] = other
        return cls(tables, numbered)


_TABLES = "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY relname"
_SERIALS = (
    "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    " LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
    " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0"
    " AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%%')"
)
_KEYS = (
    "SELECT f.conrelid::regclass::text, a.attname, f.confrelid::regclass::text, b.attname FROM pg_constraint f"
    " JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]"
    " JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = f.confkey[1] WHERE f.contype = 'f'"
)


@dataclass(frozen=True)
class Snapshot:
    """Every row of every table, technical ones apart, as text."""

    rows: Mapping[str, Counter[Row]]

    def __sub__(self, earlier: Snapshot) -> dict[str, tuple[Counter[Row], Counter[Row]]]:
        """By table: the rows that are gone, and the rows that came."""
        both = {table: (earlier.rows[table] - rows, rows - earlier.rows[table]) for table, rows in self.rows.items()}
        return {table: change for table, change in both.items() if any(change)}


@dataclass
class Eye:
    """Looks at one database, as its owner; remembers what stood there first, so that new keys are told from old ones."""

    catalogue: Catalogue
    began: datetime
    apart: frozenset[tuple[str, str]] = frozenset()
    """Columns, by table and name, that are not looked at."""
    first: Snapshot = field(init=False)
    keys: frozenset[str] = field(init=False)
    highest: Mapping[str, int] = field(init=False)

    def begin(self, session: psycopg.Connection[Any]) -> None:
        """Remember what stands there now."""
        self.first = self.look(session)
        texts = [row for rows in self.first.rows.values() for row in rows]
        self.keys = frozenset(key for text in texts for key in (*UUID.findall(text), *REFERENCE.findall(text)))
        own = {
            table: column
            for table, columns in self.catalogue.numbered.items()
            for column, of in columns.items()
            if of == table
        }
        self.highest = {
            table: max((json.loads(row)[column] for row in self.first.rows[table]), default=0)
            for table, column in own.items()
        }

    def look(self, session: psycopg.Connection[Any]) -> Snapshot:
        """Read every row, in one statement and thus at one moment."""
        parts = [self._part(table) for table in self.catalogue.tables]
        found: dict[str, Counter[Row]] = {table: Counter() for table in self.catalogue.tables}
        for table, row in session.execute(sql.SQL(" UNION ALL ").join(parts)):
            found[table][row] += 1
        return Snapshot(found)

    def _part(self, table: str) -> sql.Composed:
        apart = [name for of, name in self.apart | BY_THE_CLOCK if of == table]
        return sql.SQL("SELECT {name}, (to_jsonb(t) - {apart}::text[])::text FROM {table} t").format(
            name=sql.Literal(table), apart=sql.Literal(apart), table=sql.Identifier(table)
        )

    def effect(self, after: Snapshot) -> Effect:
        """What changed since the beginning, apart from new keys and the instants of today."""
        effect: Effect = {}
        for table, (gone, come) in (after - self.first).items():
            plain: Counter[Row] = Counter()
            for row, number in come.items():
                plain[self._plain(table, row)] += number
            effect[table] = (gone, plain)
        return effect

    def _plain(self, table: str, row: Row) -> Row:
        columns = json.loads(row)
        return json.dumps({name: self._column(table, name, value) for name, value in columns.items()}, sort_keys=True)

    def _column(self, table: str, name: str, value: Any) -> Any:
        if (table, name) in BY_CHANCE:
            return NEW
        of = self.catalogue.numbered[table].get(name) or ("auth_group" if name in PRINCIPALS else None)
        return self._value(value, self.highest.get(of, 0) if of else None)

    def _value(self, value: Any, highest: int | None) -> Any:
        if isinstance(value, dict):
            return {self._text(key): self._value(one, highest) for key, one in value.items()}
        if isinstance(value, list):
            return [self._value(one, highest) for one in value]
        if isinstance(value, str):
            return self._text(value)
        is_new = highest is not None and isinstance(value, int) and not isinstance(value, bool) and value > highest
        return NEW if is_new else value

    def _text(self, text: str) -> str:
        for pattern in (UUID, REFERENCE):
            text = pattern.sub(lambda found: found.group() if found.group() in self.keys else NEW, text)
        return INSTANT.sub(lambda found: found.group() if self._is_past(found.group()) else NOW, text)

    def _is_past(self, instant: str) -> bool:
        return datetime.fromisoformat(instant) < self.began


def said(effect: Effect, expected: Effect) -> str:
    """How two effects differ, in a few words: tables, and the first rows."""
    differing = [table for table in sorted({*effect, *expected}) if effect.get(table) != expected.get(table)]
    words = []
    for table in differing:
        (gone, come), (less, more) = (
            effect.get(table, (Counter(), Counter())),
            expected.get(table, (Counter(), Counter())),
        )
        extra, missing = list((come - more) + (gone - less)), list((more - come) + (less - gone))
        words.append(f"{table}: more {[row[:400] for row in extra[:2]]}, less {[row[:400] for row in missing[:2]]}")
    return "; ".join(words)
