"""Processes that outlive the one which started them: a pid alone may by then belong to somebody else."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


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

    def is_running(self) -> bool:
        """Say whether this very process still runs."""
        return start_time(self.pid) == self.started

    def send(self, sign: signal.Signals) -> None:
        """Send a signal, if the process still runs."""
        if self.is_running():
            with suppress(ProcessLookupError):
                os.kill(self.pid, sign)

    def stop(self, *, gently: signal.Signals = signal.SIGTERM, patience: float = 10) -> None:
        """Ask the process to end; after `patience` seconds end it."""
        for sign, seconds in ((gently, patience), (signal.SIGKILL, 5.0)):
            if not self.is_running():
                return
            self.send(sign)
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


def marked(variable: str, value: str) -> list[Process]:
    """Every process that was started with this environment variable, its children and theirs included.

    Unlike a list of pids it misses nobody, whoever was killed before he could write down whom he had started.
    """
    mark = f"{variable}={value}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(Process.of(int(entry.name)))
        except OSError:
            continue
    return [process for process in found if process is not None]
