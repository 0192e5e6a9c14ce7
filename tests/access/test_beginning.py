"""A transaction that begins with who acts, in one round trip."""

import os
import socket
from uuid import uuid4

import pytest
from django.db import DataError, OperationalError, connection, connections, transaction
from psycopg.pq import TransactionStatus

from foundation import access
from foundation.access.postgresql.base import BEGIN, DatabaseWrapper
from foundation.tenancy.models import Account
from tests.people import House

pytestmark = pytest.mark.commits


@pytest.fixture
def ann(_committing_test_has_a_database):
    return House().person("Ann", "AA").account


def change_and_fail(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(language="mk")
    raise ZeroDivisionError


def ours() -> DatabaseWrapper:
    wrapper = connections["default"]
    assert isinstance(wrapper, DatabaseWrapper)
    return wrapper


def in_transaction() -> bool:
    return bool(connection.connection.info.transaction_status != TransactionStatus.IDLE)


def test_who_acts_is_said_in_the_statement_that_begins_the_transaction(ann):
    said = []

    def note(execute, text, params, many, context):
        said.append(text)
        return execute(text, params, many, context)

    with connection.execute_wrapper(note), access.acting_as(ann.pk):
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
