"""The audit log when it is long: each filter goes along an index, and what it cannot find at once it looks for piece by piece."""

from __future__ import annotations

import json
import os
from uuid import UUID

import pytest
from django.db import connection

from foundation.audit import events
from foundation.audit.events import Narrowing
from foundation.tenancy.choices import Role
from tests.bed.sides import as_owner

ROWS = int(os.environ.get("WBCJ_LOG_ROWS", "30000"))
"""A million fits as well: the pages that are read must not grow with it."""
MOST_PAGES = 450
KEY = UUID(int=77)

FILL = """
INSERT INTO audit_event (id, at, membership, verb, root, roots, request_id, outcome)
SELECT gen_random_uuid(), now() - n * interval '1 second', CASE WHEN n %% 2 = 0 THEN %(ann)s ELSE %(bob)s END::uuid,
       'tests.thing.n' || n %% 40, CASE WHEN n %% 500 = 0 THEN %(key)s::uuid ELSE gen_random_uuid() END,
       ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 10) WHERE n > 0), md5(n::text),
       CASE WHEN n %% 1000 = 0 THEN 'forbidden' ELSE 'done' END
  FROM generate_series(1, %(rows)s) n
"""
FILTERS = {
    "nothing": {},
    "a period": {"since": "now() - interval '2 hours'"},
    "a verb": {"some_verbs": "ARRAY['tests.thing.n7']"},
    "a family": {"some_verbs": "ARRAY['tests.thing.n7', 'tests.thing.n8', 'tests.thing.n9']"},
    "a membership": {"some_memberships": "ARRAY['{ann}']::uuid[]"},
    "a partner": {"some_memberships": "ARRAY['{ann}', '{bob}']::uuid[]"},
    "an outcome": {"an_outcome": "'forbidden'"},
    "a record": {"a_root": f"'{KEY}'"},
    "a request": {"a_request": "md5('9')"},
}
ARGUMENTS = ("since", "until", "some_verbs", "some_memberships", "an_outcome", "a_root", "in_lists", "a_request")


@pytest.fixture
def tina(house):
    return house.person("Tina", "EJ", Role.TECHNICAL_ADMINISTRATOR, authority="Programme team")


@pytest.fixture
def long_record(ann, bob):
    """A record of many events by two people, and what is known of them."""
    who = {"ann": ann.membership.pk, "bob": bob.membership.pk}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(FILL, {**who, "key": KEY, "rows": ROWS})
        cursor.execute("ANALYZE audit_event")
    return who


def pages_read(statement):
    """The pages of the database that a statement touched, asked as the run-time role."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}")
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]
    return plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]


def test_each_filter_alone_reads_as_many_pages_as_one_page_of_the_log_needs(tina, long_record):
    read = {}
    with tina.acting():
        for name, chosen in FILTERS.items():
            words = [chosen.get(one, "false" if one == "in_lists" else "NULL") for one in ARGUMENTS]
            statement = f"SELECT * FROM audit_log({', '.join(words)}, NULL, NULL, 50)".format(**long_record)
            pages_read(statement)
            read[name] = pages_read(statement)
        pages_read("SELECT * FROM audit_verbs()")
        read["the verbs"] = pages_read("SELECT * FROM audit_verbs()")

    assert {name: count for name, count in read.items() if count > MOST_PAGES} == {}


@pytest.mark.skipif(ROWS > 100_000, reason="so many pieces take minutes")
@pytest.mark.parametrize(
    "chosen",
    [
        {"root": KEY, "in_lists": True},
        {"memberships": "ann", "outcome": "forbidden", "verbs": ["tests.thing.n0"]},
        {"outcome": "done", "root": KEY, "in_lists": True},
    ],
    ids=["in lists", "three filters", "what most events are"],
)
def test_what_is_rare_is_looked_for_piece_by_piece_and_nothing_is_left_out(chosen, tina, long_record):
    who = [long_record[chosen["memberships"]]] if "memberships" in chosen else None
    wanted = Narrowing(**{**chosen, "memberships": who})
    found, after, pieces = [], None, 0
    with tina.acting() as actor:
        while pieces == 0 or after is not None:
            page = events.page(actor, wanted, after=after, limit=50)
            assert page.after is None or page.cut or len(page.rows) == 50
            found += [event.pk for event in page.rows]
            after, pieces = page.after, pieces + 1

    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM audit_event WHERE (%s::uuid IS NULL OR root = %s OR %s = ANY (roots))"
            " AND (%s::uuid[] IS NULL OR membership = ANY (%s)) AND (%s::text IS NULL OR outcome = %s)"
            " AND (%s::text[] IS NULL OR verb = ANY (%s)) ORDER BY at DESC, id DESC",
            [wanted.root, wanted.root, wanted.root, who, who, wanted.outcome, wanted.outcome]
            + [list(wanted.verbs) if wanted.verbs else None] * 2,
        )
        everything = [key for (key,) in cursor.fetchall()]
    assert found == everything
    assert everything
    assert pieces > 1
