"""Which series are taken: each use of each actor in each database, with and without permission."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from bench import scripts, uses, world
from bench.cast import Person
from bench.clock import Key, Take, timed
from bench.databases import Loaded, pointing_to
from bench.uses import Use, list_of, record_of, visible_keys
from cases.choices import Stage, Urgency

# Statements alone: the select without permission, the same with the query wall; the whole transaction without permission, and with
# both walls. "joined" is the one without permission as if it saved the same ways to the server as ours; "product" and "plain" are
# both as Python runs them, models included.
SELECT, QUERY, RAW, BOTH, PLAIN, PRODUCT = "select", "query wall", "raw", "both walls", "plain", "product"
JOINED = "joined"


WHOLE, SHORT = (SELECT, QUERY, RAW, BOTH, PLAIN, PRODUCT), (RAW, BOTH, PLAIN, PRODUCT)
ONE = (*WHOLE, JOINED)


def uses_of(person: Person, database: Loaded) -> list[tuple[Use, tuple[str, ...]]]:
    """What is measured of this person, each with the series that are taken of it.

    Newest page, page at nine tenths of what the person may see, and a record in the middle; then searches, filters, sorts and a count.
    """
    with pointing_to(database.walled):
        seen = visible_keys(person)
    deep, middle = seen[len(seen) * 9 // 10 - 1], seen[len(seen) // 2]
    whole = [list_of(person, "newest", None), list_of(person, "deep", deep)]
    short = [
        uses.opened_list(person),
        uses.due_list(person),
        uses.search_for(person, "rare word", world.RARE),
        uses.search_for(person, "common word", world.COMMON),
        uses.filtered_list(person, "filter 1 %", urgency=Urgency.CRITICAL),
        uses.filtered_list(person, "filter 0.01 %", stage=Stage.APPEAL),
        uses.count_of(person),
    ]
    one = record_of(person, middle.root_id)
    return [*((use, WHOLE) for use in whole), (one, ONE), *((use, SHORT) for use in short)]


def middle_of(person: Person, database: Loaded) -> UUID:
    """The key of a record in the middle of what the person sees."""
    with pointing_to(database.walled):
        seen = visible_keys(person)
    return seen[len(seen) // 2].root_id


def series_of(database: Loaded) -> tuple[dict[Key, Take], dict[Key, int]]:
    """All series in one database, and how many rows each one's page has."""
    takes: dict[Key, Take] = {}
    rows: dict[Key, int] = {}
    for person in database.people:
        for use, methods in uses_of(person, database):
            with pointing_to(database.walled):
                found = len(use.walled())
            for method, take in _methods(use, database).items():
                if method not in methods:
                    continue
                key = Key(size=database.size, person=person.sight.name, use=use.name, method=method)
                takes[key], rows[key] = take, found
    return takes, rows


def _methods(use: Use, database: Loaded) -> dict[str, Take]:
    with pointing_to(database.walled):
        walled = scripts.taken_down(use.walled)
    with pointing_to(database.bare):
        raw = scripts.taken_down(use.raw)
    enter, asked, bare = walled[0], walled[1], raw[0]
    return {
        SELECT: _on(database.bare, partial(scripts.play_one, [enter], bare)),
        QUERY: _on(database.bare, partial(scripts.play_one, [enter], asked)),
        RAW: _on(database.bare, timed(partial(scripts.play, raw))),
        JOINED: _on(database.bare, timed(partial(scripts.play, scripts.joined(raw)))),
        BOTH: _on(database.walled, timed(partial(scripts.play, walled))),
        PLAIN: _on(database.bare, timed(use.raw)),
        PRODUCT: _on(database.walled, timed(use.walled)),
    }


def _on(wrapper: BaseDatabaseWrapper, take: Take) -> Take:
    def there() -> float:
        with pointing_to(wrapper):
            return take()

    return there
