"""One administrator's login is enough: both roles are made with it, or the SQL for somebody else is said."""

import os
import subprocess
import sys

import psycopg
import pytest

from foundation.servers import privilege, provision, roles
from foundation.servers.embedded import Servers
from foundation.servers.state import State
from tests.bed.databases import CHECKOUT


@pytest.fixture
def server(tmp_path):
    """A server on which nothing was made yet."""
    postgres = Servers.below(tmp_path / "server").postgres
    postgres.start()
    yield postgres
    postgres.stop()


def execute(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(statement)


def login(server, name, rights):
    execute(server.url(), f"CREATE ROLE {name} LOGIN {rights} PASSWORD '{server.state.secret(name)}'")
    return server.url(user=name)


def holds(logins):
    """Both roles are as they must be: the runtime role works on new tables and can make none."""
    execute(logins.owner_url, "CREATE TABLE sample (id int)")
    execute(logins.runtime_url, "INSERT INTO sample VALUES (1)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        execute(logins.runtime_url, "CREATE TABLE mine (id int)")
    with psycopg.connect(logins.owner_url) as connection:
        assert connection.execute(
            "SELECT bool_or(rolsuper OR rolbypassrls OR rolcreaterole) FROM pg_roles WHERE rolname = ANY (%s)",
            [[roles.OWNER, roles.RUNTIME]],
        ).fetchone() == (False,)


@pytest.mark.parametrize("rights", ["SUPERUSER", "CREATEROLE CREATEDB"])
def test_both_roles_are_made_with_one_login_and_again(rights, server, tmp_path):
    admin = login(server, "admin", rights)
    logins = provision.Logins.made_for(admin, State(tmp_path / "checkout"))

    provision.provide(admin, logins, correct_passwords=False)
    provision.provide(admin, logins, correct_passwords=False)

    holds(logins)


def test_a_login_that_may_not_gets_the_sql_and_the_sql_works(server, tmp_path):
    weak = login(server, "weak", "")
    logins = provision.Logins.made_for(weak, State(tmp_path / "checkout"))

    with pytest.raises(provision.MayNotMakeRoles) as refusal:
        provision.provide(weak, logins, correct_passwords=False)

    said = str(refusal.value).partition("\n\n")[2]
    owner, runtime = (roles.Login.of(url) for url in (logins.owner_url, logins.runtime_url))
    said = said.replace("choose one", owner.password).replace("choose another", runtime.password)
    psql = server.programs / "psql"
    result = subprocess.run(
        [*privilege.prefix(), psql, server.url(), "-v", "ON_ERROR_STOP=1", "-q"],
        input=said, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    holds(logins)


def test_the_roles_of_another_installation_are_left_alone(server, tmp_path):
    first = provision.Logins.made_for(server.url(), State(tmp_path / "first"))
    provision.provide(server.url(), first, correct_passwords=False)

    with pytest.raises(provision.RoleIsTaken, match="left alone"):
        provision.provide(
            server.url(), provision.Logins.made_for(server.url(), State(tmp_path / "second")), correct_passwords=False
        )
    holds(first)


def test_the_command_reads_addresses_from_files_and_prints_no_password_that_it_was_given(server, tmp_path):
    logins = provision.Logins.made_for(server.url(), State(tmp_path / "checkout"))
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    for name, url in (
        ("DATABASE_ADMIN_URL", server.url()), ("DATABASE_OWNER_URL", logins.owner_url), ("DATABASE_URL", logins.runtime_url),
    ):  # fmt: skip
        (tmp_path / name).write_text(f"{url}\n")
        surroundings[f"{name}_FILE"] = str(tmp_path / name)

    result = subprocess.run(
        [sys.executable, "-m", "foundation.servers", "roles"],
        cwd=CHECKOUT, env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    holds(logins)


def test_a_server_that_does_not_answer_is_said_in_one_sentence_without_the_password():
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    result = subprocess.run(
        [sys.executable, "-m", "foundation.servers", "roles"],
        cwd=CHECKOUT, env={**surroundings, "DATABASE_ADMIN_URL": "postgresql://admin:hush@127.0.0.1:1/postgres"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert result.returncode == 1
    assert result.stderr.startswith("A login did not open the server of DATABASE_ADMIN_URL:")
    assert "hush" not in result.stderr
    assert "Traceback" not in result.stderr
