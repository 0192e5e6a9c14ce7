"""Both built-in servers of one checkout together, and the addresses under which the project finds them."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from foundation.servers import roles
from foundation.servers.postgres import Postgres
from foundation.servers.state import State
from foundation.servers.valkey import Valkey

DATABASE = "wbcj"


@dataclass(frozen=True)
class Addresses:
    """Where the database and Redis are, for whoever connects."""

    database_url: str
    database_owner_url: str
    redis_url: str

    def environment(self) -> dict[str, str]:
        """The variables that the settings read."""
        return {
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.database_owner_url,
            "REDIS_URL": self.redis_url,
        }


@dataclass(frozen=True)
class Servers:
    """PostgreSQL and Valkey below one folder."""

    state: State
    lasting: bool = True

    @classmethod
    def below(cls, folder: Path, *, lasting: bool = True) -> "Servers":
        """The servers that keep their state below this folder."""
        return cls(State(folder), lasting)

    @property
    def postgres(self) -> Postgres:
        """The database server."""
        return Postgres(self.state, self.lasting)

    @property
    def valkey(self) -> Valkey:
        """The Redis server."""
        return Valkey(self.state, self.lasting)

    def addresses(self) -> Addresses:
        """Where the servers are, or will be once started."""
        return Addresses(
            database_url=self.postgres.url(user=roles.RUNTIME, database=DATABASE),
            database_owner_url=self.postgres.url(user=roles.OWNER, database=DATABASE),
            redis_url=self.valkey.url,
        )

    def start(self) -> tuple[str, ...]:
        """Start what does not run, ensure roles and database; return the names of what was started now."""
        with self.locked():
            started = [name for name in ("postgres", "valkey") if getattr(self, name).start()]
            if "postgres" in started:
                addresses = self.addresses()
                roles.ensure(
                    self.postgres.url(),
                    owner=roles.Login.of(addresses.database_owner_url),
                    runtime=roles.Login.of(addresses.database_url),
                    database=DATABASE,
                )
                roles.grant_defaults(addresses.database_owner_url, runtime=roles.RUNTIME)
        return tuple(started)

    def stop(self) -> None:
        """Stop both."""
        with self.locked():
            self.valkey.stop()
            self.postgres.stop()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from starting or stopping these servers meanwhile."""
        with (self.state.private("run") / "servers.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
