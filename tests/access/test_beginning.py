"""A transaction that begins with who acts and ends with what was looked at, each in one round trip."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import DataError, OperationalError, connection, connections, transaction
from psycopg.pq import TransactionStatus

from foundation import access
from foundation.access.postgresql.base import BEGIN, COMMIT, ours
from foundation.audit import record
from foundation.audit.models import Event
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Account
from tests.bed.sides import as_owner
from tests.people import House

pytestmark = pytest.mark.commits


@pytest.fixture
def house(_committing_test_has_a_database):
    return House()


@pytest.fixture
def ann(house):
    return house.person("Ann", "AA").account


def change_and_fail(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(language="mk")
    raise ZeroDivisionError


def in_transaction() -> bool:
    return bool(connection.connection.info.transaction_status != TransactionStatus.IDLE)


@contextmanager
def taken_down() -> Iterator[list[str]]:
    said = []

    def note(execute, text, params, many, context):
        said.append(text)
        return execute(text, params, many, context)

    with connection.execute_wrapper(note):
        yield said


def on_record() -> list[tuple[str, UUID]]:
    """Verb and membership of every event, oldest first; the runtime role reads none of them."""
    with as_owner():
        return list(Event.objects.order_by("at").values_list("verb", "membership"))


def verbs() -> list[str]:
    return [verb for verb, _membership in on_record()]


def test_who_acts_is_said_in_the_statement_that_begins_the_transaction(ann):
    with taken_down() as said, access.acting_as(ann.pk):
        assert in_transaction()

    assert len(said) == 1
    assert said[0].startswith(BEGIN)
    assert not in_transaction()


def test_what_was_written_in_it_stays_and_what_failed_in_it_does_not(ann):
    with access.acting_as(ann.pk) as actor:
        Account.objects.filter(pk=actor.account_id).update(language="sq")
    with pytest.raises(ZeroDivisionError), access.acting_as(ann.pk):
        change_and_fail(ann)

    assert not in_transaction()
    assert Account.objects.get(pk=ann.pk).language == "sq"


def test_a_savepoint_in_it_is_undone_alone(ann):
    with access.acting_as(ann.pk) as actor:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            change_and_fail(ann)
        Account.objects.filter(pk=actor.account_id).update(time_zone="Europe/Tirane")

    account = Account.objects.get(pk=ann.pk)
    assert (account.language, account.time_zone) == ("en", "Europe/Tirane")


def test_who_may_not_act_leaves_no_transaction_behind(ann):
    with pytest.raises(access.NotInOffice), access.acting_as(ann.pk, uuid4()):
        pass

    assert not in_transaction()
    with access.acting_as(ann.pk) as actor:
        assert actor.account_id == ann.pk


def test_a_statement_that_fails_while_beginning_leaves_no_transaction_behind(ann):
    broken = ours().beginning_with("SELECT 1 / %s", [0])
    with pytest.raises(DataError), broken, transaction.atomic():
        pass

    assert not in_transaction()
    assert not connection.in_atomic_block
    with access.acting_as(ann.pk):
        assert in_transaction()


def test_a_line_that_breaks_while_beginning_is_taken_up_anew(ann):
    connection.ensure_connection()
    with socket.socket(fileno=os.dup(connection.connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)
    with pytest.raises(OperationalError), access.acting_as(ann.pk):
        pass

    connection.close_if_unusable_or_obsolete()
    with access.acting_as(ann.pk):
        assert in_transaction()


def test_the_next_transaction_begins_as_any_other(ann):
    with access.acting_as(ann.pk):
        pass
    with transaction.atomic():
        assert Account.objects.filter(pk=ann.pk).exists()
        assert connection.connection.execute("SELECT current_setting('wbcj.membership', true)").fetchone()[0] == ""
    assert not in_transaction()


def test_what_follows_a_commit_runs_after_it(ann):
    seen = []
    with access.acting_as(ann.pk):
        transaction.on_commit(lambda: seen.append(in_transaction()))

    assert seen == [False]


def test_the_first_transaction_of_a_connection_begins_so_as_well(ann):
    connections.close_all()

    with access.acting_as(ann.pk) as actor:
        assert actor.account_id == ann.pk


def test_a_look_goes_on_record_in_the_statement_that_commits(ann):
    with taken_down() as said, access.acting_as(ann.pk) as actor:
        record.consulted("tests.looked", by=actor)
        record.consulted("tests.looked.again", by=actor)

    assert len(said) == 2
    assert said[1].endswith(COMMIT)
    assert not in_transaction()
    assert verbs() == ["tests.looked", "tests.looked.again"]


def test_a_change_after_a_look_stands_after_it(ann):
    with access.acting_as(ann.pk) as actor:
        record.consulted("tests.looked", by=actor)
        record.happened("tests.done", by=actor)
        record.consulted("tests.looked.again", by=actor)

    assert verbs() == ["tests.looked", "tests.done", "tests.looked.again"]


def test_a_look_whose_transaction_failed_is_not_on_record(ann):
    def look_and_fail() -> None:
        with access.acting_as(ann.pk) as actor:
            record.consulted("tests.looked", by=actor)
            change_and_fail(ann)

    with pytest.raises(ZeroDivisionError):
        look_and_fail()
    with access.acting_as(ann.pk):
        pass

    assert verbs() == []


def test_a_look_in_a_savepoint_is_undone_with_it(ann):
    def look_and_fail(actor: Actor) -> None:
        with transaction.atomic():
            record.consulted("tests.undone", by=actor)
            change_and_fail(ann)

    with access.acting_as(ann.pk) as actor:
        with pytest.raises(ZeroDivisionError):
            look_and_fail(actor)
        with transaction.atomic():
            record.consulted("tests.looked", by=actor)

    assert verbs() == ["tests.looked"]


def test_a_look_is_on_record_for_whoever_looked_though_another_acted_in_between(house, ann):
    bob = house.person("Bob", "BB").account
    with access.acting_as(ann.pk) as actor:
        record.consulted("tests.looked", by=actor)
        with access.acting_as(bob.pk) as other:
            record.consulted("tests.looked.by.another", by=other)

    assert dict(on_record()) == {"tests.looked": actor.membership_id, "tests.looked.by.another": other.membership_id}


def test_a_record_that_cannot_be_written_leaves_nothing_of_its_transaction(ann):
    def change_and_look() -> None:
        with access.acting_as(ann.pk):
            Account.objects.filter(pk=ann.pk).update(language="mk")
            ours().ending_with("SELECT 1 / %s", [0])

    with pytest.raises(DataError):
        change_and_look()

    assert not in_transaction()
    assert Account.objects.get(pk=ann.pk).language == "en"


def test_a_line_that_breaks_before_the_commit_is_told_and_taken_up_anew(ann):
    def look_on_a_broken_line() -> None:
        with access.acting_as(ann.pk) as actor:
            record.consulted("tests.looked", by=actor)
            with socket.socket(fileno=os.dup(connection.connection.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)

    with pytest.raises(OperationalError):
        look_on_a_broken_line()

    connection.close_if_unusable_or_obsolete()
    with access.acting_as(ann.pk):
        assert in_transaction()
    assert verbs() == []


def test_in_a_transaction_that_began_otherwise_a_look_is_written_at_once(ann):
    with transaction.atomic(), access.acting_as(ann.pk) as actor, taken_down() as said:
        record.consulted("tests.looked", by=actor)
        assert len(said) == 1

    assert verbs() == ["tests.looked"]
