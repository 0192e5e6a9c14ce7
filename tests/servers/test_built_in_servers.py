"""The built-in servers: made on first use, apart from any other checkout's, and back after a kill -9."""

import os
import signal
import socket

import psycopg
import pytest
import redis

from foundation.servers.embedded import Servers
from foundation.servers.processes import Process, wait_until
from foundation.servers.state import State, is_free


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    servers = Servers.below(tmp_path_factory.mktemp("checkout"))
    servers.start()
    yield servers
    servers.stop()


def asked(url, question):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(question).fetchone()


def kill(server):
    process = server.process()
    process.send(signal.SIGKILL)
    assert wait_until(lambda: not process.is_running(), seconds=5)


def test_a_second_start_starts_nothing(servers):
    assert servers.start() == ()


def test_neither_role_can_pass_a_policy_or_make_roles(servers):
    question = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user"
    addresses = servers.addresses()

    for url in (addresses.database_url, addresses.database_owner_url):
        assert asked(url, question) == (False, False, False, False)


def test_the_runtime_role_cannot_become_the_owner(servers):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked(servers.addresses().database_url, "SET ROLE wbcj_owner")


def test_the_runtime_role_cannot_make_a_table(servers):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked(servers.addresses().database_url, "CREATE TABLE mine (id int)")


def test_a_role_without_its_password_is_refused(servers):
    url = servers.addresses().database_url.replace(servers.state.secret("wbcj_runtime"), "guess")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        asked(url, "SELECT 1")


def test_what_was_committed_is_there_after_a_kill_of_the_database(servers):
    owner = servers.addresses().database_owner_url
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS figure")

    kill(servers.postgres)
    started = servers.start()

    assert started == ("postgres",)
    assert asked(owner, "SELECT figure FROM kept") == (7,)


def test_what_was_written_is_there_after_a_kill_of_valkey(servers):
    with redis.Redis.from_url(servers.addresses().redis_url) as client:
        client.set("kept", "7")
        # The file is written once a second; what a kill takes with it is at most that second.
        client.waitaof(1, 0, 3000)

    kill(servers.valkey)
    servers.start()

    with redis.Redis.from_url(servers.addresses().redis_url) as client:
        assert client.get("kept") == b"7"


def test_a_port_that_another_program_took_is_replaced(servers):
    servers.stop()
    before = servers.state.port("valkey")
    with socket.socket() as intruder:
        intruder.bind(("127.0.0.1", before))
        intruder.listen()
        servers.start()

        assert servers.state.port("valkey") != before
        with redis.Redis.from_url(servers.addresses().redis_url) as client:
            assert client.ping()


def test_two_checkouts_share_no_port_and_no_password(servers, tmp_path):
    other = State(tmp_path)

    assert other.port("postgres") != servers.state.port("postgres")
    assert other.secret("wbcj_runtime") != servers.state.secret("wbcj_runtime")


def test_only_the_owner_of_the_checkout_may_read_its_secrets(servers):
    for path in (servers.state.folder / "secrets").iterdir():
        assert path.stat().st_mode & 0o077 == 0


def test_a_pid_that_was_used_again_is_not_mistaken_for_the_process():
    mine = Process.of(os.getpid())

    assert mine is not None
    assert mine.is_running()
    assert not Process(mine.pid, mine.started - 1).is_running()


def test_a_listening_port_is_not_free():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        assert not is_free(listener.getsockname()[1])
