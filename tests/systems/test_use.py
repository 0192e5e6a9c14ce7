"""When a token was used, and that a revocation counts for everybody at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from foundation.systems import actions, tokens
from foundation.systems.models import SystemToken
from tests.bed.sides import as_owner
from tests.systems.cast import SystemsWorld


def stored(granted):
    with as_owner():
        return SystemToken.objects.get(pk=granted.token.pk)


def used_ago(granted, ago):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE systems_systemtoken SET used_at = %s WHERE id = %s", [ago, granted.token.pk])


def test_the_last_use_is_noted_with_its_address(world):
    granted = world.grant()
    assert stored(granted).used_at is None

    world.opens(granted, address="::ffff:192.0.2.9")

    assert stored(granted).used_at is not None
    assert stored(granted).used_from == "192.0.2.9"


def test_a_use_is_written_once_a_minute_and_asks_one_statement_in_between(world, django_assert_num_queries):
    granted = world.grant()
    world.opens(granted, address="192.0.2.1")
    first = stored(granted)

    with django_assert_num_queries(1):
        tokens.bearer(granted.secret, address="192.0.2.2", at=first.used_at)
    actions.note_use(token_id=granted.token.pk, address="192.0.2.2")

    assert (stored(granted).used_at, stored(granted).used_from) == (first.used_at, "192.0.2.1")


def test_a_use_a_minute_later_is_written_again(world):
    granted = world.grant()
    used_ago(granted, world.now - timedelta(minutes=2))

    world.opens(granted, address="192.0.2.2")

    assert stored(granted).used_from == "192.0.2.2"


def test_a_refused_token_was_not_used(world):
    granted = world.grant(networks=("192.0.2.0/24",))
    world.opens(granted, address="198.51.100.1")
    assert stored(granted).used_at is None


@pytest.mark.commits
def test_a_revocation_counts_at_once_in_a_connection_that_is_open():
    world = SystemsWorld()
    granted = world.grant()
    with ThreadPoolExecutor(1) as elsewhere:
        before = elsewhere.submit(world.opens, granted).result()
        world.revoke(granted)
        after = elsewhere.submit(world.opens, granted).result()
        elsewhere.submit(connections.close_all).result()

    assert (before, after) == (True, False)
