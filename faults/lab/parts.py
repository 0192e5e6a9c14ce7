"""The parts of the product that are killed: workers and clocks as real processes, the database and Redis as whole servers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis

from faults import CHECKOUT
from foundation.servers.embedded import Servers
from foundation.servers.processes import Process, marked, wait_until
from foundation.servers.state import is_free

MARK = "WBCJ_FAULT_LAB"
"""In the environment of everything that the lab starts, so that it finds all of it again, and nothing else."""


@dataclass
class Part:
    """One process of the product, started again whenever it is gone."""

    name: str
    arguments: tuple[str, ...]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0

    def start(self) -> None:
        """Start it, in a group of its own."""
        self.starts += 1
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "wbcj.celery", *self.arguments],
                cwd=CHECKOUT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    @property
    def runs(self) -> bool:
        """Whether it is there."""
        return self.process is not None and self.process.poll() is None

    def children(self) -> list[int]:
        """Its own child processes: those that do the work."""
        assert self.process is not None
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        try:
            return [int(word) for word in path.read_text().split()]
        except OSError:
            return []

    def kill(self) -> None:
        """Kill -9, with everything that it started."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_child(self) -> bool:
        """Kill -9 of the process that does the work; whether there was one."""
        for pid in self.children()[:1]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                return True
        return False


@dataclass
class Plant:
    """Everything together."""

    servers: Servers
    environment: dict[str, str]
    logs: Path
    workers: int
    clocks: int
    parts: list[Part] = field(default_factory=list)

    def start(self) -> None:
        """Start every worker and every clock."""
        self.logs.mkdir(parents=True, exist_ok=True)
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING")
        for number in range(self.workers):
            arguments = ("worker", "--concurrency", "1", "--hostname", f"lab{number}@%h", *quiet)
            self._add(f"worker {number}", arguments)
        for number in range(self.clocks):
            schedule = str(self.logs / f"beat-{number}.schedule")
            self._add(f"beat {number}", ("beat", "--schedule", schedule, "--pidfile=", "--loglevel", "WARNING"))

    def _add(self, name: str, arguments: tuple[str, ...]) -> None:
        part = Part(name, arguments, self.environment, self.logs / f"{name.replace(' ', '-')}.log")
        self.parts.append(part)
        part.start()

    def named(self, kind: str) -> list[Part]:
        """The workers, or the clocks."""
        return [part for part in self.parts if part.name.startswith(kind)]

    def kill_database(self) -> None:
        """Kill -9 of the postmaster and of every session, and the server again."""
        postmaster = self.servers.postgres.process()
        assert postmaster is not None
        for process in (postmaster, *_children(postmaster)):
            process.send(signal.SIGKILL)
        wait_until(lambda: not postmaster.is_running(), seconds=10)
        self._again_where_it_was("postgres")

    def _again_where_it_was(self, name: str) -> None:
        """A server that another program drove from its port is found by nobody, and the lab has nothing to say of that."""
        port = self.servers.state.port(name)
        wait_until(lambda: is_free(port), seconds=20)
        getattr(self.servers, name).start()
        if self.servers.state.port(name) != port:
            raise RuntimeError(f"Another program took the port of {name}; run the lab again.")

    def kill_redis(self) -> None:
        """Kill -9, and the server again."""
        process = self.servers.valkey.process()
        assert process is not None
        process.send(signal.SIGKILL)
        wait_until(lambda: not process.is_running(), seconds=10)
        self._again_where_it_was("valkey")

    def flush_redis(self) -> None:
        """Forget every hint and everything cached."""
        redis.Redis.from_url(self.servers.valkey.url).flushall()

    def stop(self) -> None:
        """End everything that was started here, whoever started it."""
        for part in self.parts:
            part.kill()
        for left in marked(MARK, self.environment[MARK]):
            left.stop(patience=0)


def _children(parent: Process) -> list[Process]:
    path = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    found = [Process.of(int(word)) for word in path.read_text().split()]
    return [one for one in found if one is not None]


def answers(url: str) -> bool:
    """Whether the database takes a session."""
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True
