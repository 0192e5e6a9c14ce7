"""Each wall alone keeps what both keep together, for each reading verb and each protected model; without both, rows leak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.db.models.expressions import RawSQL

from foundation import access
from foundation.access import Level, Order, places
from foundation.access.models import PersonalRecord, ReaderRecord, Root
from foundation.access.querysets import RootQuerySet, SharedQuerySet
from foundation.tenancy.actors import Actor
from tests.bed.sides import as_owner
from tests.visibility import rows
from tests.visibility.world import World, everything

MODELS = rows.protected_models()
LISTED = [m for m in MODELS if isinstance(m._default_manager.all(), RootQuerySet)]
SHARED = [m for m in MODELS if isinstance(m._default_manager.all(), SharedQuerySet)]
# Not granted, and refused by a trigger that keeps rows as they were written.
REFUSED = ("42501", "WB409")


def label(model: type[Model]) -> str:
    return str(model._meta.label)


@pytest.fixture
def world(request, db) -> Iterator[World]:
    """Rolled back here, before anything looks at foreign keys: those of the sample rows lead nowhere."""
    with transaction.atomic():
        yield World(request.param)
        transaction.set_rollback(True)


def all_models(function):
    return pytest.mark.parametrize("world", MODELS, indirect=True, ids=label)(function)


def listed_models(function):
    return pytest.mark.parametrize("world", LISTED, indirect=True, ids=label)(function)


def visible(world: World, actor: Actor) -> set[object]:
    return world.ours(world.model._default_manager.visible_to(actor).values_list("pk", flat=True))  # type: ignore[attr-defined]


def keys_of(verb: str, world: World, actor: Actor, **how: object) -> set[object]:
    """What a list verb returns; of the kind asked for where Root itself is listed."""
    if world.model is Root:
        how["kind"] = world.kind
    page = getattr(world.model._default_manager.all(), verb)(actor, limit=500, **how)
    return world.ours(page.roots)


# Each list verb, and the function that chooses its keys.
LISTS = {
    "by activity": (partial(keys_of, "newest_page"), "newest_keys"),
    "by opening": (partial(keys_of, "newest_page", order=Order.OPENED), "newest_keys"),
    "filtered": (partial(keys_of, "bounded_page"), "newest_keys"),
    "searched": (partial(keys_of, "search_page", text="sample"), "found_keys"),
}


def test_every_protected_model_has_its_reading_verbs():
    assert rows.unprotected_models() == []


@all_models
def test_each_wall_alone_keeps_what_both_keep(world):
    everything_of = partial(everything, world.model)
    assert world.ours(everything_of()) == set(), "without a context there is no row"
    with world.ann.acting() as actor:
        assert visible(world, actor) == world.expected(), "both walls"
        assert world.ours(everything_of()) == world.expected(), "the row policies alone"
        with as_owner():
            assert visible(world, actor) == world.expected(), "the query alone"
            # Else the two lines above would prove nothing.
            assert world.ours(everything_of()) > world.expected(), "without both walls rows leak"


@pytest.mark.parametrize("world", SHARED, indirect=True, ids=label)
def test_what_stands_under_the_lines_of_a_list_has_the_same_two_walls(world):
    def among(*roots: UUID) -> set[object]:
        found = world.model._default_manager.visible_among(actor, roots).values_list("pk", flat=True)
        keys: set[object] = world.ours(found)
        return keys

    with world.ann.acting() as actor:
        assert among(*world.roots) == world.expected()
        assert among() == set()
        with as_owner():
            assert among(*world.roots) == world.expected()
            assert among(world.foreign) == set()
            of_own = {row.pk for row in world.rows if row.root == world.own}
            assert among(world.own) == world.expected() & of_own


@pytest.mark.parametrize("verb", LISTS)
@listed_models
def test_a_list_has_the_same_two_walls(world, verb, monkeypatch):
    listed, chooses = LISTS[verb]
    with world.ann.acting() as actor:
        assert listed(world, actor) == world.expected()
        with as_owner():
            assert listed(world, actor) == world.expected()
        everyone = RawSQL("SELECT unnest(%s::uuid[])", [list(world.roots)])
        monkeypatch.setattr(places, chooses, lambda *_arguments: everyone)
        assert listed(world, actor) == world.expected()
        with as_owner():
            assert listed(world, actor) > world.expected()


@listed_models
def test_a_count_has_the_same_two_walls(world):
    kind = {"kind": world.kind} if world.model is Root else {}
    with world.bob.acting() as bob:
        pass
    with world.ann.acting() as actor:
        counted = world.model._default_manager.all().capped_count
        assert counted(actor, **kind).number == len(world.expected())
        with as_owner():
            assert counted(actor, **kind).number == len(world.expected())
            everybody = replace(actor, principals=(*actor.principals, *bob.principals))
            # A forgotten filter: the count asked for other people's principals as well.
            access.current(actor).actor = everybody
            assert counted(everybody, **kind).number > len(world.expected()), "without both walls"
        assert counted(everybody, **kind).number == len(world.expected()), "the row policies alone"
        access.current(everybody).actor = actor


@listed_models
def test_reaching_a_level_is_decided_by_the_query(world):
    with world.ann.acting() as actor:
        reached = world.model._default_manager.reached_by(actor, Level.CONTRIBUTE)
        assert world.ours(reached.values_list("pk", flat=True)) == {world.own}
        with as_owner():
            assert world.ours(reached.all().values_list("pk", flat=True)) == {world.own}


# --- writing ---------------------------------------------------------------------------------------------------------------
@all_models
def test_who_may_only_read_changes_and_deletes_nothing(world):
    """Statements that filter nothing, as the runtime role: rows of a root with the level view stay as they are."""
    table, key = world.model._meta.db_table, world.model._meta.pk.column
    forbidden = {row.pk for row in world.rows if row.root != world.own}
    if issubclass(world.model, PersonalRecord):
        forbidden = {row.pk for row in world.rows if row.membership != world.ann.membership.pk}
    if issubclass(world.model, ReaderRecord):
        forbidden = {row.pk for row in world.rows} - world.expected()
    with world.ann.acting():
        for statement in (f"UPDATE {table} SET {key} = {key} RETURNING {key}", f"DELETE FROM {table} RETURNING {key}"):
            assert touched(statement) & forbidden == set()
    with as_owner():
        assert forbidden <= everything(world.model)


def touched(statement: str) -> set[object]:
    """What the statement got hold of; nothing when the runtime role may not run it at all."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            found = {row[0] for row in cursor.fetchall()}
            transaction.set_rollback(True)
    except DatabaseError as refused:
        if getattr(refused.__cause__, "sqlstate", "") not in REFUSED:
            raise
        return set()
    return found
