"""The parts of the running demo: each a process of its own with a log, watched, started again, stopped."""

import os
import signal
import subprocess
import time
from collections import deque
from dataclasses import dataclass, field

from foundation.servers.processes import marked, wait_until
from setup.sources import CHECKOUT, STATE

MARK = "WBCJ_PART_OF"
RESTARTS, MINUTE = 5, 60.0


class PartKeepsEnding(Exception):
    """A part ends again and again; the message names its log."""


@dataclass(kw_only=True)
class Part:
    """One process of the demo, with whatever it starts itself."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS))

    @property
    def log(self) -> str:
        """Where the part writes what it says."""
        return str(STATE / "logs" / f"{self.name}.log")

    @property
    def mark(self) -> str:
        """What tells this part's processes from those of any other part or checkout."""
        return f"{CHECKOUT}#{self.name}"

    def start(self) -> None:
        """Start the part in a session of its own, so that Ctrl-C reaches the supervisor alone."""
        self.starts.append(time.monotonic())
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=CHECKOUT,
                env={**os.environ, **self.environment, MARK: self.mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def ended(self) -> int | None:
        """The code with which the part ended; none while it runs."""
        return None if self.process is None else self.process.poll()

    def start_again(self) -> None:
        """Replace a part that ended, unless that has happened too often of late."""
        if len(self.starts) == RESTARTS and time.monotonic() - self.starts[0] < MINUTE:
            raise PartKeepsEnding(f"The {self.name} process ended {RESTARTS} times in a minute; see {self.log}.")
        self.kill_leftovers()
        self.start()

    def ask_to_stop(self) -> None:
        """Ask the part to finish what it does and end."""
        if self.ended() is None and self.process is not None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self, *, patience: float) -> None:
        """Wait for the end, then end whatever is left."""
        if self.process is not None:
            try:
                self.process.wait(timeout=patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.kill_leftovers()

    def kill_leftovers(self) -> int:
        """End what an earlier run of this part left behind when it was killed; say how many processes that were."""
        left = marked(MARK, self.mark)
        for process in left:
            process.send(signal.SIGKILL)
        wait_until(lambda: not any(process.is_running() for process in left), seconds=5)
        return len(left)


def demo_parts(*, port: int, environment: dict[str, str], python: str) -> list[Part]:
    """The web server, a worker for each queue, and the clock."""
    web = (
        "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "8", "--respawn-failed-workers", "--workers-kill-timeout", "5",
        "wbcj.wsgi:application",
    )  # fmt: skip
    celery = ("celery", "-A", "wbcj.celery")
    worker = (*celery, "worker", "--without-gossip", "--without-mingle", "--loglevel", "INFO")
    usual = (*worker, "-Q", "celery", "--concurrency", "2", "--hostname", "worker@%h")
    # Two, so that a file that somebody sent waits for no other one, nor for the night's check.
    slow = (*worker, "-Q", "slow", "--concurrency", "2", "--hostname", "slow@%h")
    beat = (*celery, "beat", "--loglevel", "INFO", "--pidfile=")
    commands = {"web": web, "worker": usual, "slow": slow, "beat": beat}
    return [
        Part(name=name, command=(python, "-m", *command), environment=environment) for name, command in commands.items()
    ]
