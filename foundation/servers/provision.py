"""From one administrator's login: the two roles and the database, or the SQL to hand to somebody who may make them."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from foundation.servers import roles
from foundation.servers.roles import Login
from foundation.servers.state import State

DATABASE = "wbcj"


class MayNotMakeRoles(Exception):
    """The login may make no roles or no database; the message holds the SQL for an administrator."""


class RoleIsTaken(Exception):
    """A role of that name belongs to another installation; the message says what to do."""


@dataclass(frozen=True)
class Logins:
    """The addresses of both roles in the product's own database."""

    owner_url: str
    runtime_url: str

    @classmethod
    def made_for(cls, admin_url: str, state: State, *, database: str = DATABASE) -> "Logins":
        """Logins with passwords of this checkout's own, on the server of the given address."""
        return cls(*(_address(admin_url, name, state.secret(name), database) for name in (roles.OWNER, roles.RUNTIME)))

    @property
    def database(self) -> str:
        """The name of the database."""
        return urlsplit(self.runtime_url).path.lstrip("/")


def provide(admin_url: str, logins: Logins, *, correct_passwords: bool) -> None:
    """Make both roles, the database and its default privileges; may run again. Raises MayNotMakeRoles, RoleIsTaken."""
    owner, runtime = Login.of(logins.owner_url), Login.of(logins.runtime_url)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        able = connection.execute(
            "SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        taken = [
            name
            for (name,) in connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", [[owner.name, runtime.name]]
            )
        ]
    if able is None or not able[0]:
        raise MayNotMakeRoles(
            "This login may not make roles and databases. Hand this to an administrator of the server, with passwords "
            f"of your own:\n\n{statements(owner.name, runtime.name, logins.database)}"
        )
    strangers = [] if correct_passwords else [url for url in (logins.owner_url, logins.runtime_url) if not _opens(url)]
    if taken and strangers:
        raise RoleIsTaken(
            f"The server has roles of another installation ({', '.join(sorted(taken))}); their passwords are not known here "
            "and were left alone. Set DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL yourself."
        )
    roles.ensure(admin_url, owner=owner, runtime=runtime, database=logins.database)
    roles.grant_defaults(logins.owner_url, runtime=runtime.name)


def statements(owner: str, runtime: str, database: str) -> str:
    """What an administrator runs in psql, as text; the passwords are his to choose."""
    names = {"owner": _quoted(owner), "runtime": _quoted(runtime), "database": _quoted(database)}
    defaults = ";\n".join(roles.DEFAULT_GRANTS).format(**names)
    never = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"
    return (
        f"CREATE ROLE {names['owner']} {never} NOINHERIT NOCREATEDB PASSWORD 'choose one';\n"
        f"CREATE ROLE {names['runtime']} {never} NOCREATEDB PASSWORD 'choose another';\n"
        f"GRANT {names['runtime']} TO {names['owner']};\n"
        f"CREATE DATABASE {names['database']} OWNER {names['owner']};\n"
        f"\\connect {names['database']}\n"
        f"SET SESSION AUTHORIZATION {names['owner']};\n{defaults};\nRESET SESSION AUTHORIZATION;\n"
    )


def _opens(url: str) -> bool:
    try:
        # Whether the database stands is another question.
        psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def _address(admin_url: str, name: str, password: str, database: str) -> str:
    parts = urlsplit(admin_url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(name)}:{quote(password, safe='')}@{host}", path=f"/{database}"))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
