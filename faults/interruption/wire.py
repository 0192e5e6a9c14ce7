"""The line to the database, cut at a chosen point: before a statement is sent, before COMMIT, after COMMIT and before its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import psycopg
from django.db import OperationalError, connections

from foundation.workflow.actions import running

COMMIT, COMMITTED = "COMMIT", "COMMIT was done, its answer is lost"


class How(StrEnum):
    """Two ways in which a statement does not come back."""

    RAISED = "raised"
    """The driver says so, and the session lives: a time limit, a deadlock."""
    KILLED = "killed"
    """The server ends the session, and everything in it."""


@dataclass(frozen=True)
class Cut:
    """Where: before the point of this number, counted from one; and how."""

    number: int
    how: How


@dataclass
class Wire:
    """What went over the line: every statement in order, COMMIT twice (before it, and after it), and the actions that were at work.

    ``other`` is a session outside of it, which ends this one where the cut says so.
    """

    cut: Cut | None = None
    other: psycopg.Connection[Any] | None = None
    points: list[str] = field(default_factory=list)
    actions: set[str] = field(default_factory=set)
    done: bool = False

    @contextmanager
    def laid(self) -> Iterator[Wire]:
        """Every statement of this thread's connection goes through here."""
        with connections["default"].execute_wrapper(self._statement), self._commits():
            yield self

    @contextmanager
    def _commits(self) -> Iterator[None]:
        # The backend's own method sends COMMIT; where something goes with it, that is a statement besides, between the two points.
        line: Any = connections["default"]
        line._commit = self._commit  # noqa: SLF001
        try:
            yield
        finally:
            del line._commit  # noqa: SLF001

    def _statement(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.actions.update(running.get())
        self._reach(sql)
        return execute(sql, params, many, context)

    def _commit(self) -> None:
        self._reach(COMMIT)
        line: Any = connections["default"]
        type(line)._commit(line)  # noqa: SLF001
        if self._reach(COMMITTED):
            raise OperationalError("the session ended before COMMIT was answered")

    def _reach(self, point: str) -> bool:
        """Count, and cut here if it is the place; say whether the session was ended."""
        self.points.append(point)
        if self.cut is None or self.done or len(self.points) != self.cut.number:
            return False
        self.done = True
        if self.cut.how is How.RAISED:
            raise OperationalError("cut off")
        assert self.other is not None
        _end_session(self.other)
        return True


def _end_session(other: psycopg.Connection[Any]) -> None:
    """End this thread's session on the server, from another one, and wait until it is gone."""
    connections["default"].ensure_connection()
    pid = connections["default"].connection.info.backend_pid
    (ended,) = other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid]).fetchone() or (False,)
    if not ended:
        raise RuntimeError(f"The session {pid} could not be ended.")
