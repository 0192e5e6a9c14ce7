"""Looks on once a second: how long a claim stands unrenewed on unfinished work, and how long nothing moves while work is due."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

import psycopg

# Every claim by a name of its own: the row, which claim of it, and until when; a worker that lives renews it, and it is another one.
_CLAIMS = """
SELECT 'job ' || id || ' ' || attempts || ' ' || leased_until FROM jobs_job
 WHERE leased_until IS NOT NULL AND done_at IS NULL AND failed_at IS NULL
UNION ALL SELECT 'letter ' || id || ' ' || token || ' ' || leased_until FROM notifications_delivery WHERE state = 'sending'
UNION ALL SELECT 'reminder ' || id || ' ' || attempts || ' ' || held_until FROM notifications_reminder
 WHERE held_until IS NOT NULL AND outcome = '' AND ended_at IS NULL AND failed_at IS NULL
"""
_STANDING = """
SELECT (SELECT count(*) FROM jobs_job WHERE done_at IS NULL AND failed_at IS NULL),
       (SELECT count(*) FROM notifications_reminder WHERE kind = %(kind)s AND ended_at IS NULL AND failed_at IS NULL),
       (SELECT count(*) FROM notifications_delivery WHERE state IN ('waiting', 'sending')),
       (SELECT count(*) FROM jobs_job WHERE done_at IS NULL AND failed_at IS NULL AND due_at < now() - interval '5 s')
     + (SELECT count(*) FROM notifications_reminder
         WHERE kind = %(kind)s AND ended_at IS NULL AND failed_at IS NULL AND given_at < now() - interval '5 s')
     + (SELECT count(*) FROM notifications_delivery WHERE state IN ('waiting', 'sending') AND due_at < now() - interval '5 s')
"""


@dataclass(frozen=True)
class Standing:
    """What is unfinished, and how much of it is due."""

    jobs: int
    reminders: int
    letters: int
    due: int

    @property
    def unfinished(self) -> int:
        """All of it."""
        return self.jobs + self.reminders + self.letters


@dataclass
class Watcher:
    """Keeps the longest of each, in seconds by its own clock, so that a database that is away counts as well."""

    url: str
    kind: str
    longest_claim: float = 0
    which_claim: str = ""
    longest_standstill: float = 0
    standing: Standing | None = None
    _seen: dict[str, float] = field(default_factory=dict)
    _moved: tuple[float, int] = (0.0, -1)
    _over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Until it is over."""
        while not self._over.wait(1):
            try:
                with psycopg.connect(self.url, connect_timeout=2, autocommit=True) as session:
                    while not self._over.wait(1):
                        self._look(session)
            except psycopg.Error:
                continue

    def end(self) -> None:
        """It is over."""
        self._over.set()

    def _look(self, session: psycopg.Connection[Any]) -> None:
        now = time.monotonic()
        claims = {name for (name,) in session.execute(_CLAIMS)}
        row = session.execute(_STANDING, {"kind": self.kind}).fetchone()
        assert row is not None
        self.standing = Standing(*row)
        self._seen = {name: self._seen.get(name, now) for name in claims}
        for name, since in self._seen.items():
            if now - since > self.longest_claim:
                self.longest_claim, self.which_claim = now - since, name
        since, unfinished = self._moved
        if self.standing.unfinished != unfinished or not self.standing.due:
            self._moved = (now, self.standing.unfinished)
        else:
            self.longest_standstill = max(self.longest_standstill, now - since)
