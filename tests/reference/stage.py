"""The database side of the comparison: a small house, a clock that can be moved, and what each wall alone lets through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from foundation import access
from foundation.access import Order, walls
from foundation.access.models import Offer, Root, Share
from foundation.access.places import found_keys, newest_keys
from foundation.audit.models import Detail
from foundation.tenancy.actors import Actor
from foundation.workflow.refusals import Refusal
from tests.bed.sides import as_owner
from tests.reference import sight

PROBE = "reference_probe"
KIND = "probe"
# The list verbs: each order, and the search for a word that every title holds.
FOUND = "found"
LISTS = (*Order, FOUND)
# Each with the word under which its keys are compared.
PROTECTED: dict[str, type[models.Model]] = {"root": Root, "share": Share, "offer": Offer, "detail": Detail}
SQLSTATES = {"WB403": sight.FORBIDDEN, "WB404": sight.NOT_THERE, "WB409": sight.CONFLICT}
NO_ROW_SECURITY = "42501"
Seen = set[tuple[str, str]]


def outcome_of(error: Exception) -> str:
    """The reference's word for how an act was refused; raises what is no refusal."""
    if isinstance(error, access.NotInOffice):
        return sight.NOBODY
    if isinstance(error, access.NotThere):
        return sight.NOT_THERE
    if isinstance(error, access.Forbidden):
        return sight.FORBIDDEN
    if isinstance(error, Refusal):
        return sight.CONFLICT
    state = getattr(error.__cause__, "sqlstate", None) if isinstance(error, DatabaseError) else None
    if state == NO_ROW_SECURITY and "row-level security" in str(error):
        return sight.FORBIDDEN
    if state in SQLSTATES:
        return SQLSTATES[state]
    raise error


def execute(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def begin() -> None:
    """A table that any app might have: child rows of a root with an audience, behind the usual wall."""
    with as_owner():
        execute(
            f"CREATE TABLE {PROBE} (id uuid PRIMARY KEY, root_id uuid NOT NULL, audience_id int, turns int DEFAULT 0)"
        )
        execute(str(walls.shared_wall(PROBE).sql))


@dataclass
class Clock:
    """Whole hours before and after the transaction's own instant, which stands still."""

    base: datetime
    now: int = 0

    def instant(self, hour: int | None) -> datetime | None:
        return None if hour is None else self.base + timedelta(hours=hour - self.now)

    def pass_by(self, hours: int) -> None:
        """Time passes: every instant that stands in the database moves back by as much.

        All rules compare a stored instant with now(), so this is the same as a later now(). The owner does it with the triggers
        off, for they would (rightly) refuse to rewrite the past.
        """
        self.now += hours
        with as_owner():
            execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table, columns in _instants().items():
                moved = ", ".join(f"{column} = {column} - make_interval(hours => {int(hours)})" for column in columns)
                execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                execute(f"UPDATE {table} SET {moved}")
                execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            execute("SET CONSTRAINTS ALL DEFERRED")


def _instants() -> dict[str, list[str]]:
    """Every column that holds an instant, in the tables of the ground floor."""
    found: dict[str, list[str]] = {}
    for table, column in execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name"
        " WHERE c.table_schema = 'public' AND k.relkind = 'r' AND c.data_type = 'timestamp with time zone'"
        " AND split_part(c.table_name, '_', 1) IN ('access', 'tenancy', 'audit')"
    ):
        found.setdefault(str(table), []).append(str(column))
    return found


@contextmanager
def acting(account: UUID, membership: UUID) -> Iterator[Actor]:
    with access.acting_as(account, membership) as actor:
        yield actor


# --- what one actor gets ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Sight:
    """What one actor gets through wall one alone, wall two alone and both, and what may be written."""

    query_wall: Seen
    row_policies: Seen
    both: Seen
    writable: set[str]


@dataclass
class Eye:
    """Looks through the walls in one round trip; each reading verb is compiled once for each set of principals."""

    compiled: dict[tuple[int, ...], tuple[str, list[Any]]] = field(default_factory=dict)

    def look(self, actor: Actor) -> Sight:
        """As owner, row security lets everything through: wall one alone. Unfiltered, as the runtime role: wall two alone."""
        if actor.principals not in self.compiled:
            self.compiled[actor.principals] = verbs(actor)
        sql, parameters = self.compiled[actor.principals]
        owner, runtime = (connection.ops.quote_name(r) for r in (settings.WBCJ_OWNER_ROLE, settings.WBCJ_RUNTIME_ROLE))
        script = f"SET ROLE {owner}; {sql}; SET ROLE {runtime}; {sql}; {UNFILTERED}; {TAKE_HOLD}"
        with connection.cursor() as cursor:
            cursor.execute(script, [*parameters, *parameters])
            query_wall, both, row_policies, written = _answers(cursor)
        return Sight(set(query_wall), set(row_policies), set(both), {key for (key,) in written})


UNFILTERED = " UNION ALL ".join(
    f"SELECT '{word}', id::text FROM {table}"
    for word, table in ({word: model._meta.db_table for word, model in PROTECTED.items()} | {"probe": PROBE}).items()
)
# An UPDATE that filters nothing returns the child rows of which the runtime role gets hold.
TAKE_HOLD = f"UPDATE {PROBE} SET turns = turns + 1 RETURNING id::text"


def verbs(actor: Actor) -> tuple[str, list[Any]]:
    """All reading verbs of the ground floor for this actor, as one statement: visible_to of each model, and the list verbs."""
    arms: list[str] = []
    parameters: list[Any] = []
    for word, model in PROTECTED.items():
        queryset = model._default_manager.visible_to(actor).order_by().values("pk")  # type: ignore[attr-defined]
        sql, bound = queryset.query.sql_with_params()
        arms.append(f"SELECT '{word}', v.k::text FROM ({sql}) v(k)")
        parameters += bound
    listed = {order: newest_keys(actor, [KIND], order, None, 500) for order in Order}
    for word, keys in (listed | {FOUND: found_keys(actor, [KIND], [KIND], None, 500)}).items():
        arms.append(f"SELECT '{word}', n.k::text FROM ({keys.sql}) n(k)")
        parameters += keys.params
    return " UNION ALL ".join(arms), parameters


def _answers(cursor: Any) -> list[list[Any]]:
    """The rows of every statement that returned any."""
    found = []
    while True:
        if cursor.description:
            found.append(cursor.fetchall())
        if not cursor.nextset():
            return found


def now_of_the_transaction() -> datetime:
    assert transaction.get_connection().in_atomic_block
    at = execute("SELECT now()")[0][0]
    assert isinstance(at, datetime)
    assert timezone.is_aware(at)
    return at
