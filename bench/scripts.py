"""The statements that the product sends, taken down once and sent again without the Python around them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from foundation.access.postgresql.base import BEGIN, COMMIT, ours

Statement = tuple[str, Any]


def taken_down(work: Callable[[], object]) -> list[Statement]:
    """Do the work and note every statement with its parameters."""
    statements: list[Statement] = []

    def note(execute: Callable[..., Any], text: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((text, params))
        return execute(text, params, many, context)

    with connection.execute_wrapper(note):
        work()
    return statements


def play(statements: list[Statement]) -> None:
    """The same statements in a transaction of their own, answers fetched; it begins and ends as it was begun and ended."""
    (text, params), *rest = statements
    if not text.startswith(BEGIN):
        with transaction.atomic():
            _send_all(statements)
        return
    with ours().beginning_with(text.removeprefix(BEGIN), params), transaction.atomic():
        _send_all(rest)


def joined(statements: list[Statement]) -> list[Statement]:
    """The same, as if BEGIN went with the first of them and COMMIT with the last."""
    (first, params), *between, (last, others) = statements
    return [(BEGIN + first, params), *between, (last + COMMIT, others)]


def _send_all(statements: list[Statement]) -> None:
    for text, params in statements:
        if text.endswith(COMMIT):
            ours().ending_with(text.removesuffix(COMMIT), params)
        else:
            send((text, params))


def send(statement: Statement) -> None:
    """One statement and its whole answer, in a transaction that stands open."""
    text, params = statement
    with connection.cursor() as cursor:
        cursor.execute(text.removeprefix(BEGIN), params)
        if cursor.description:
            cursor.fetchall()


def play_one(before: list[Statement], statement: Statement) -> float:
    """Milliseconds of one statement in the transaction that others opened."""
    with transaction.atomic():
        for earlier in before:
            send(earlier)
        began = time.perf_counter_ns()
        send(statement)
        return (time.perf_counter_ns() - began) / 1e6
