"""The bench itself at three hundred roots: it loads what the product would have written, and it compares the same roots."""

import json
from dataclasses import replace

import pytest
from django.db import connections

from bench import databases, loading, run, union
from bench.clock import Key
from bench.databases import pointing_to
from bench.goals import Times, claims_of
from bench.measuring import BOTH, PLAIN, PRODUCT, QUERY, RAW, SELECT
from bench.uses import acting, list_of
from tests.bed import databases as bed

SIZE = 300


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker):
    """A loaded database on the servers of the tests."""
    with django_db_blocker.unblock():
        one = databases.loaded(SIZE, run.SEED)
        yield one
        one.close()
        name = one.owner.settings_dict["NAME"]
        with bed.maintenance() as connection:
            bed.drop(connection, name)


def test_the_bulk_load_is_what_the_product_itself_projects(database):
    with pointing_to(database.owner):
        connections["default"].ensure_connection()
        assert loading.differences(connections["default"].connection, sample=SIZE) == 0


def test_a_wrong_projection_is_found(database):
    with pointing_to(database.owner):
        wrapper = connections["default"]
        wrapper.ensure_connection()
        with wrapper.cursor() as cursor:
            cursor.execute("DELETE FROM access_rootgrant WHERE id = (SELECT min(id) FROM access_rootgrant) RETURNING *")
            gone = cursor.fetchone()
            names = [column.name for column in cursor.description]
            try:
                assert loading.differences(wrapper.connection, sample=SIZE) > 0
            finally:
                marks = ", ".join(["%s"] * len(gone))
                cursor.execute(
                    f"INSERT INTO access_rootgrant ({', '.join(names)}) OVERRIDING SYSTEM VALUE VALUES ({marks})", gone
                )


def test_every_actor_sees_what_guardian_says_less_the_expired(database):
    assert all(union.same_sight(person, database) for person in database.people)


def test_other_sight_than_guardians_is_found(database):
    first, second, *_rest = database.people
    swapped = replace(first, principals=second.principals)
    assert not union.same_sight(swapped, database)


def test_both_ways_answer_with_a_page_and_the_page_is_the_actors_own(database):
    person = database.people[2]
    use = list_of(person, "newest", None)
    with pointing_to(database.walled):
        own = use.walled()
    with pointing_to(database.owner):
        standing = union.union(person).exclude(pk__in=union.expired(person)).order_by("-sort_at", "-id")
        assert list(own) == [root.pk for root in standing[:50]]
    with pointing_to(database.bare):
        newest_of_all = use.raw()
    assert len(own) == len(newest_of_all)
    assert own != newest_of_all


def plan_kept_for(person, database):
    """How the database would read the projection for ever, had this person been the first to ask."""
    with pointing_to(database.walled), acting(person), connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(
            "PREPARE reached (uuid, int[]) AS SELECT 1 FROM access_rootgrant g"
            " WHERE g.content_object_id = $1 AND g.level = 1 AND g.group_id = ANY ($2) AND g.until > now()"
        )
        cursor.execute("EXPLAIN (COSTS OFF) EXECUTE reached (gen_random_uuid(), '{}')")
        plan = cursor.fetchall()
        cursor.execute("DEALLOCATE reached")
    return plan


def test_a_kept_plan_does_not_depend_on_who_asked_first(database):
    # With the principals in sight of the planner, one who sees little made everybody walk through a whole partner's grants.
    narrow, _some, wide, *_rest = database.people
    assert plan_kept_for(narrow, database) == plan_kept_for(wide, database)


def test_a_whole_run_writes_every_claim(database, django_db_blocker, tmp_path):
    path = tmp_path / "report.json"

    claims = run.measure((SIZE,), rounds=2, seconds=5, path=path)

    written = json.loads(path.read_text())["claims"]
    assert [claim["name"] for claim in written] == [claim.name for claim in claims]
    assert {"name", "figure", "unit", "goal", "holds", "seed", "date"} <= set(written[0])
    assert next(c for c in claims if c.name.startswith("actors who see other roots")).holds


def test_a_claim_that_misses_its_goal_says_so():
    key = Key(size=1, person="somebody", use="newest", method=SELECT)
    medians = {key.by(method): 1.0 for method in (SELECT, RAW, PLAIN, BOTH, PRODUCT)} | {key.by(QUERY): 2.3}
    detail = {replace(k, use="detail"): 1.0 for k in medians}
    times = Times(medians | detail, dict.fromkeys(medians | detail, 50), 50)

    claims = {claim.name: claim for claim in claims_of(times)}

    assert not claims["list: query wall to the bare select"].holds
    assert claims["list: both walls to the transaction without permission"].holds
