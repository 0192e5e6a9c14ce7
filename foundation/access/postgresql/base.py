"""A transaction that begins together with its first statement: one way to the server and back instead of two.

Whoever acts says so in the first statement of the transaction, on every page and in every task. Django alone would send BEGIN, wait
for the answer, and only then ask who acts (docs/adr/0022-a-transaction-begins-with-who-acts.md has the figures).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db.backends.postgresql import base

BEGIN: Final = "BEGIN; "
"""Stands before the first statement in what execute wrappers and query logs see."""


@dataclass
class Opening:
    """The statement that a transaction begins with, and the first row of its answer."""

    statement: str
    params: Sequence[Any]
    row: tuple[Any, ...] | None = None


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own in all else."""

    _opening: Opening | None = None

    @contextmanager
    def beginning_with(self, statement: str, params: Sequence[Any]) -> Iterator[Opening]:
        """Let the transaction that is opened next, inside this block, begin with a statement; its answer stands in ``row``."""
        self._opening = opening = Opening(statement, params)
        try:
            yield opening
        finally:
            self._opening = None

    def _set_autocommit(self, autocommit: bool) -> None:
        opening = self._opening
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
        except Exception:
            # The server may stand in a transaction that Django knows nothing of.
            if self.connection is not None and not self.connection.closed:
                self.connection.rollback()
            raise
