"""Fixtures for every test. The session works as the runtime role; `as_owner()` changes sides for a block."""

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import Client
from psycopg.pq import TransactionStatus
from pytest_django import DjangoDbBlocker

from tests.architecture import writes
from tests.bed import databases, sessions
from tests.bed.sides import as_owner as acting_as_owner

_cache_numbers = itertools.count()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> Iterator[None]:
    """Give this process a database of its own, cloned from the template."""
    with databases.clone(databases.schema_template()) as name:
        databases.point_to(name)
        yield
        connections.close_all()


@pytest.fixture
def _django_db_helper(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Stand behind pytest-django's `db` and its mark: roll back, or lend a fresh clone to a test that commits.

    Its own helper would truncate tables after a test that commits, which the runtime role may not.
    """
    lend = _fresh_clone if request.node.get_closest_marker("commits") else _rolled_back
    with django_db_blocker.unblock():
        yield from lend()


def _rolled_back() -> Iterator[None]:
    outermost = transaction.atomic()
    # What Django's own TestCase says, so that durable blocks work inside a test.
    outermost._from_testcase = True  # type: ignore[attr-defined]
    outermost.__enter__()
    try:
        yield
        if _is_sound():
            connection.check_constraints()
    finally:
        transaction.set_rollback(True)
        outermost.__exit__(None, None, None)


def _is_sound() -> bool:
    """Say whether the transaction still takes statements; a test may end after a refusal by the database."""
    driver = connection.connection
    return driver is not None and driver.info.transaction_status == TransactionStatus.INTRANS


def _fresh_clone() -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    with databases.clone(databases.schema_template()) as name:
        databases.point_to(name)
        try:
            yield
        finally:
            connections.close_all()
            databases.point_to(usual)


@pytest.fixture(autouse=True)
def _committing_test_has_a_database(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("commits"):
        request.getfixturevalue("_django_db_helper")


@pytest.fixture(autouse=True)
def _cache_of_ones_own(settings: object) -> None:
    """Keep what one test caches from every other test and process; nothing is flushed, for others use the server."""
    cache.key_prefix = f"test-{os.getpid()}-{next(_cache_numbers)}"


@pytest.fixture(autouse=True)
def _writes_come_from_actions(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which the product wrote to an application table outside every action."""
    with writes.noted() as outside:
        yield
    if not request.node.get_closest_marker("writes_outside_actions"):
        assert outside == [], "mark what writes as @action (foundation/workflow/actions.py)"


@pytest.fixture(autouse=True)
def _signing_in_was_a_moment_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """`force_login` stands for a whole sign-in: a moment ago, with a second factor."""
    monkeypatch.setattr(Client, "force_login", sessions.signed_in_fully)


@pytest.fixture
def as_owner(db: None) -> Callable[[], AbstractContextManager[None]]:
    """`with as_owner():` acts as the owner of the tables, on the test's one connection."""
    return acting_as_owner
