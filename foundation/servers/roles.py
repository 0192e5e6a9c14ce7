"""The two roles of the database: the owner makes the tables, the runtime role works on them and cannot pass a policy."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

OWNER = "wbcj_owner"
RUNTIME = "wbcj_runtime"


@dataclass(frozen=True)
class Login:
    """Name and password of one role."""

    name: str
    password: str

    @classmethod
    def of(cls, url: str) -> "Login":
        """Read a login out of a database address."""
        parts = urlsplit(url)
        return cls(unquote(parts.username or ""), unquote(parts.password or ""))


def ensure(superuser_url: str, *, owner: Login, runtime: Login, database: str) -> None:
    """Create or correct both roles and create the database; may run any number of times."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        # The owner may make databases, for tests clone theirs. NOINHERIT: a member of the runtime role that
        # inherits would be met by the runtime role's policies as well as by its own.
        _ensure_role(connection, owner, "NOINHERIT CREATEDB")
        _ensure_role(connection, runtime, "NOCREATEDB")
        names = {"owner": sql.Identifier(owner.name), "runtime": sql.Identifier(runtime.name)}
        connection.execute(sql.SQL("GRANT {runtime} TO {owner}").format(**names))
        _ensure_database(connection, database, owner)


# What the owner says once in each database, before the first table stands in it.
DEFAULT_GRANTS = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {runtime}",
    # On PostgreSQL 15 a role that does not inherit holds the schema of its own database only after this step.
    "SET ROLE pg_database_owner",
    "GRANT ALL ON SCHEMA public TO {owner}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {runtime}",
    "RESET ROLE",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {runtime}",
    "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO {runtime}",
    # The global form: inside a schema a default can only add to what PUBLIC has, never take from it.
    "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
)


def grant_defaults(owner_url: str, *, runtime: str) -> None:
    """Say, as the owner, what the runtime role may do with every table and function still to come."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        names = {
            "owner": sql.Identifier(connection.info.user),
            "runtime": sql.Identifier(runtime),
            "database": sql.Identifier(connection.info.dbname),
        }
        for statement in DEFAULT_GRANTS:
            connection.execute(sql.SQL(statement).format(**names))


def _ensure_role(connection: psycopg.Connection, login: Login, extra: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login.name]).fetchone()
    password = sql.SQL(" PASSWORD {}").format(sql.Literal(login.password))
    if found and not _is_superuser(connection):
        # Whoever is no superuser may set a password, and may not even say that a role is no superuser.
        connection.execute(sql.SQL("ALTER ROLE {} LOGIN").format(sql.Identifier(login.name)) + password)
        return
    statement = sql.SQL("{verb} ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION {extra}").format(
        verb=sql.SQL("ALTER" if found else "CREATE"), name=sql.Identifier(login.name), extra=sql.SQL(extra)
    )
    connection.execute(statement + password)


def _is_superuser(connection: psycopg.Connection) -> bool:
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return row is not None and bool(row[0])


def _ensure_database(connection: psycopg.Connection, database: str, owner: Login) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if not found:
        if not _is_superuser(connection):
            # Only a member of a role may give it something.
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(owner.name)))
        names = {"database": sql.Identifier(database), "owner": sql.Identifier(owner.name)}
        connection.execute(sql.SQL("CREATE DATABASE {database} OWNER {owner}").format(**names))
