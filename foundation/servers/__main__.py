"""Start, stop or describe the built-in servers, or make the two roles on a server of your own (`roles`, `sql`)."""

import argparse
import os
import shlex
import sys
from pathlib import Path

import psycopg

from foundation.servers import provision, roles
from foundation.servers.embedded import Servers

CHECKOUT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m foundation.servers", description=__doc__)
    parser.add_argument("command", choices=("start", "stop", "status", "environment", "roles", "sql"))
    parser.add_argument("--test", action="store_true", help="the servers of the tests")
    chosen = parser.parse_args()
    servers = (
        Servers.below(CHECKOUT / "var" / "test", lasting=False) if chosen.test else Servers.below(CHECKOUT / "var")
    )
    if chosen.command == "roles":
        make_roles(servers)
    elif chosen.command == "sql":
        sys.stdout.write(provision.statements(roles.OWNER, roles.RUNTIME, provision.DATABASE))
    elif chosen.command == "start":
        started = servers.start()
        sys.stdout.write(f"started: {', '.join(started) or 'nothing, both run already'}\n")
    elif chosen.command == "stop":
        servers.stop()
    elif chosen.command == "environment":
        for name, value in servers.addresses().environment().items():
            sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
    else:
        for name, process in (("postgres", servers.postgres.process()), ("valkey", servers.valkey.process())):
            sys.stdout.write(f"{name}: {f'runs, pid {process.pid}' if process else 'does not run'}\n")


def make_roles(servers: Servers) -> None:
    """Make both roles with the login of DATABASE_ADMIN_URL; print their addresses where they were made up here."""
    admin, owner, runtime = (given(name) for name in ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL"))
    if not admin or bool(owner) != bool(runtime):
        sys.exit(
            "Set DATABASE_ADMIN_URL to a login that may make roles and databases; DATABASE_OWNER_URL and DATABASE_URL "
            "name the two logins to be made, or are both left out: then they are made up and printed."
        )
    named = bool(owner)
    logins = provision.Logins(owner, runtime) if named else provision.Logins.made_for(admin, servers.state)
    try:
        provision.provide(admin, logins, correct_passwords=named)
    except (provision.MayNotMakeRoles, provision.RoleIsTaken) as error:
        sys.exit(str(error))
    except psycopg.OperationalError as error:
        sys.exit(f"A login did not open the server of DATABASE_ADMIN_URL: {error}")
    if not named:
        for name, url in (("DATABASE_URL", logins.runtime_url), ("DATABASE_OWNER_URL", logins.owner_url)):
            sys.stdout.write(f"export {name}={shlex.quote(url)}\n")


def given(name: str) -> str:
    """A variable, or the content of the file that its twin with _FILE names."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text(encoding="utf-8").strip() if path else os.environ.get(name, "")


if __name__ == "__main__":
    main()
