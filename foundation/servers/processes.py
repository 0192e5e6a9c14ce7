"""Records of processes that survive the process which wrote them: a pid alone may by then belong to another."""

import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from foundation.servers.state import write_private


@dataclass(frozen=True)
class Process:
    """A process known by its number and the moment it started, so that a reused number is never mistaken for it."""

    pid: int
    started: int

    @classmethod
    def of(cls, pid: int) -> "Process | None":
        """Describe a running process; none when it has ended or only waits to be reaped."""
        started = start_time(pid)
        return None if started is None else cls(pid, started)

    @classmethod
    def read(cls, path: Path) -> "Process | None":
        """Read a record; none when there is none or the process has ended."""
        try:
            record = json.loads(path.read_text())
            process = cls(int(record["pid"]), int(record["started"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return process if process.is_running() else None

    def write(self, path: Path) -> None:
        """Keep the record for a later run."""
        write_private(path, json.dumps({"pid": self.pid, "started": self.started}))

    def is_running(self) -> bool:
        """Say whether this very process still runs."""
        return start_time(self.pid) == self.started

    def stop(self, *, gently: signal.Signals = signal.SIGTERM, patience: float = 10) -> None:
        """Ask the process to end; after `patience` seconds end it."""
        for sign, seconds in ((gently, patience), (signal.SIGKILL, 5.0)):
            if not self.is_running():
                return
            try:
                os.kill(self.pid, sign)
            except ProcessLookupError:
                return
            wait_until(lambda: not self.is_running(), seconds=seconds)


def running_in(folder: Path, pid_file: Path) -> Process | None:
    """The process that a pid file names, if it runs and has that folder as its own."""
    try:
        pid = int(pid_file.read_text().split()[0])
        here = Path(f"/proc/{pid}/cwd").readlink() == folder.resolve()
    except (OSError, ValueError, IndexError):
        return None
    return Process.of(pid) if here else None


def start_time(pid: int) -> int | None:
    """Clock ticks between the machine's start and the process's; none for a zombie or no process at all."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def wait_until(condition: Callable[[], bool], *, seconds: float, step: float = 0.05) -> bool:
    """Wait until a condition holds; say whether it came to hold in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True
