"""A transaction that begins together with its first statement and ends together with its last: two ways to the server and back fewer.

Whoever acts says so in the first statement of the transaction, on every page and in every task, and the look goes on record in the
last. Django alone would send BEGIN, wait for the answer, and only then ask who acts; and wait for the record before it sends COMMIT
(docs/adr/0022-a-transaction-begins-with-who-acts.md and 0023-a-look-goes-on-record-with-the-commit.md have the figures).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql import base

BEGIN: Final = "BEGIN; "
"""Stands before the first statement in what execute wrappers and query logs see."""

COMMIT: Final = "; COMMIT"
"""Stands behind the last one there."""


@dataclass
class Opening:
    """The statement that a transaction begins with, and the first row of its answer."""

    statement: str
    params: Sequence[Any]
    row: tuple[Any, ...] | None = None


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own in all else."""

    _opening: Opening | None = None
    _last: list[tuple[str, Sequence[Any]]] | None = None
    """What the running transaction ends with; none where it did not begin by hand, so that Django ends it."""

    @contextmanager
    def beginning_with(self, statement: str, params: Sequence[Any]) -> Iterator[Opening]:
        """Let the transaction that is opened next, inside this block, begin with a statement; its answer stands in ``row``."""
        self._opening = opening = Opening(statement, params)
        try:
            yield opening
        finally:
            self._opening = None

    def ending_with(self, statement: str, params: Sequence[Any]) -> None:
        """Send a statement whose answer nobody needs together with the COMMIT.

        Inside a savepoint, which may be undone alone, and in a transaction that began otherwise, it is sent now.
        """
        if self._last is None or self.savepoint_ids:
            with self.cursor() as cursor:
                cursor.execute(statement, params)
        else:
            self._last.append((statement, params))

    def send_last(self) -> None:
        """Send now what waits for the COMMIT: something follows that has to stand behind it."""
        if self._last:
            waiting, self._last = self._last, []
            for statement, params in waiting:
                with self.cursor() as cursor:
                    cursor.execute(statement, params)

    def _set_autocommit(self, autocommit: bool) -> None:
        opening, self._last = self._opening, None
        # A new connection is set to autocommit first; the opening waits for the transaction.
        if autocommit or opening is None:
            super()._set_autocommit(autocommit)  # type: ignore[misc]  # Django has it, its types do not
            return
        self._opening = None
        self._begin_with(opening)

    def _begin_with(self, opening: Opening) -> None:
        """Begin by hand. The driver stays in autocommit, where it adds no BEGIN of its own and still sends COMMIT and ROLLBACK."""
        try:
            with self.cursor() as cursor:
                cursor.execute(BEGIN + opening.statement, opening.params)
                cursor.nextset()
                opening.row = cursor.fetchone()
            self._last = []
        except Exception:
            # The server may stand in a transaction that Django knows nothing of.
            if self.connection is not None and not self.connection.closed:
                self.connection.rollback()
            raise

    def _commit(self) -> None:
        last, self._last = self._last, None
        if not last:
            super()._commit()  # type: ignore[misc]  # Django has it, its types do not
            return
        # One that fails keeps the server from the COMMIT; Django then rolls back, as after a COMMIT that failed.
        with self.cursor() as cursor:
            cursor.execute(
                "; ".join(statement for statement, _params in last) + COMMIT,
                [value for _statement, params in last for value in params],
            )

    def _rollback(self) -> None:
        self._last = None
        super()._rollback()  # type: ignore[misc]  # Django has it, its types do not


def ours() -> DatabaseWrapper:
    """The connection to the database, as the kind of wrapper that the settings name."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    assert isinstance(wrapper, DatabaseWrapper)
    return wrapper
