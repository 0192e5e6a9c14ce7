"""Keys and places of what an actor sees: the query wall of every list (sql/places.sql, sql/search.sql)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models.expressions import RawSQL

from foundation.access import context
from foundation.access.cursors import Count, Cursor, Order
from foundation.components.folding import fold

if TYPE_CHECKING:
    from foundation.tenancy.actors import Actor

SEARCH_LENGTH, SEARCH_WORDS = 200, 8
"""So many characters and words of a search text count."""

_PLACES = "access_places(%s, %s::int[], %s::text[], %s, %s, %s)"
_FOUND = "access_search(%s::text[], %s::text[], %s, %s, %s)"


def newest_keys(actor: Actor, kinds: Sequence[str], order: Order, after: Cursor | None, limit: int) -> RawSQL:
    """Keys of the newest roots of these kinds that the actor sees."""
    return RawSQL(f"SELECT p.root FROM {_PLACES} p", _arguments(actor, kinds, order, after, limit))  # noqa: S611, S608 - its constants


def end_of_walk(actor: Actor, kinds: Sequence[str], order: Order, after: Cursor | None, walk: int) -> Cursor | None:
    """The place of the last of so many roots, if the actor sees more beyond; else none."""
    arguments = _arguments(actor, kinds, order, after, walk + 1)
    with connection.cursor() as cursor:
        # One more than the walk: the last but one is its end.
        cursor.execute(
            f"SELECT p.placed_at, p.root FROM {_PLACES} p ORDER BY 1 DESC, 2 DESC OFFSET %s LIMIT 2",  # noqa: S608 - its constants
            [*arguments, walk - 1],
        )
        found = cursor.fetchall()
    beyond = len(found) > 1
    return Cursor(found[0][0], found[0][1], order) if beyond else None


def found_keys(actor: Actor, words: Sequence[str], kinds: Sequence[str], after: Cursor | None, limit: int) -> RawSQL:
    """Keys of the newest roots of these kinds that hold every word. Their principals are the transaction's."""
    context.current(actor)
    arguments = [list(words), list(kinds), *_place(after, Order.ACTIVITY), limit]
    return RawSQL(f"SELECT p.root FROM {_FOUND} p", arguments)  # noqa: S611, S608 - its constants


def capped_count(actor: Actor, kinds: Sequence[str], cap: int) -> Count:
    """How many roots of these kinds the actor sees, counted no further than the cap."""
    principals = list(context.current(actor).actor.principals)
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_count(%s::int[], %s::text[], %s)", [principals, list(kinds), cap + 1])
        (number,) = cursor.fetchone()
    return Count(min(number, cap), number > cap)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a search text, each once, as many as count."""
    return tuple(dict.fromkeys(fold(text[:SEARCH_LENGTH]).split()))[:SEARCH_WORDS]


def _arguments(actor: Actor, kinds: Sequence[str], order: Order, after: Cursor | None, limit: int) -> list[Any]:
    principals = list(context.current(actor).actor.principals)
    return [str(order), principals, list(kinds), *_place(after, order), limit]


def _place(after: Cursor | None, order: Order) -> tuple[Any, Any]:
    if after is None:
        return None, None
    place = after.for_order(order)
    return place.sort_at, place.root_id
