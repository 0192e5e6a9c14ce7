"""acting(): the one way to work with protected data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from foundation.access.levels import Level
from foundation.access.postgresql.base import ours
from foundation.tenancy.actors import Actor


class NoActor(Exception):
    """A reading verb was called outside acting(), or for somebody else than the one who acts."""


class NotInOffice(Exception):
    """The account holds no live membership of that key."""


@dataclass
class Context:
    """What one acting() block knows: the actor, and the levels read so far.

    A level is forgotten when a share changes, and with the savepoint in which it was read: what was undone must not be remembered.
    """

    actor: Actor
    _levels: dict[UUID, tuple[tuple[str, ...], Level | None]] = field(default_factory=dict)

    def known_levels(self) -> dict[UUID, Level | None]:
        """The levels that still hold."""
        here = _savepoints()
        return {key: level for key, (there, level) in self._levels.items() if here[: len(there)] == there}

    def remember_levels(self, levels: Mapping[UUID, Level | None]) -> None:
        """Keep what was read just now."""
        here = _savepoints()
        self._levels |= {key: (here, level) for key, level in levels.items()}

    def forget_levels(self) -> None:
        """A share changed."""
        self._levels.clear()


def _savepoints() -> tuple[str, ...]:
    """The open savepoints of this transaction, outermost first."""
    return tuple(connection.savepoint_ids)


_current: ContextVar[Context | None] = ContextVar("wbcj_context", default=None)

_ENTER = (
    "SELECT account_id, membership_id, authority_id, partner_id, role, offices, membership_group, authority_group, partner_group,"
    " principals, account_name, authority_name, partner_name, time_zone FROM access_enter(%s, %s)"
)


@contextmanager
def _transaction(account_id: UUID, membership_id: UUID | None) -> Iterator[Actor]:
    """A transaction, or a savepoint in the running one, in which the database knows who acts."""
    params = [account_id, membership_id]
    if connection.in_atomic_block:
        with transaction.atomic():
            yield _entered(_first_row(_ENTER, params))
    else:
        with ours().beginning_with(_ENTER, params) as opening, transaction.atomic():
            yield _entered(opening.row)


def _first_row(statement: str, params: list[UUID | None]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _entered(row: tuple[Any, ...] | None) -> Actor:
    if row is None:
        raise NotInOffice
    return Actor(
        account_id=row[0],
        membership_id=row[1],
        authority_id=row[2],
        partner_id=row[3],
        role=row[4],
        offices=frozenset(row[5]),
        membership_group=row[6],
        authority_group=row[7],
        partner_group=row[8],
        principals=tuple(row[9]),
        account_name=row[10],
        authority_name=row[11],
        partner_name=row[12],
        time_zone=row[13],
    )


def _restore(previous: Context | None) -> None:
    """Give the transaction back the context it had before the inner block."""
    principals = "" if previous is None else "{" + ",".join(map(str, previous.actor.principals)) + "}"
    membership = "" if previous is None else str(previous.actor.membership_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('wbcj.principals', %s, true), set_config('wbcj.membership', %s, true)",
            [principals, membership],
        )


@contextmanager
def acting_as(account_id: UUID, membership_id: UUID | None = None) -> Iterator[Actor]:
    """Open a transaction in which this account acts through this membership (or its longest standing one).

    Raises NotInOffice when the account is inactive or holds no such live membership. Nothing that reads protected data may be
    rendered outside the block.
    """
    inside = connection.in_atomic_block
    previous = _current.get()
    with _transaction(account_id, membership_id) as actor:
        token = _current.set(Context(actor))
        try:
            yield actor
        finally:
            _current.reset(token)
        if inside:
            _restore(previous)
        if previous is not None:
            previous.forget_levels()


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """The same for an actor known from before; memberships and offices are read again, now."""
    with acting_as(actor.account_id, actor.membership_id) as fresh:
        yield fresh


@contextmanager
def entered(actor: Actor) -> Iterator[None]:
    """Make this actor the one who acts, where the database says so already; the caller undoes what the database says."""
    token = _current.set(Context(actor))
    try:
        yield
    finally:
        _current.reset(token)


def current(actor: Actor) -> Context:
    """The running context, which must be this actor's."""
    context = _current.get()
    if context is None or context.actor != actor:
        raise NoActor("Open `with access.acting(actor):` around everything that reads protected data.")
    return context


def current_actor() -> Actor | None:
    """Who acts now, if anyone: for the audit record and for templates, never to decide what may be seen."""
    context = _current.get()
    return None if context is None else context.actor
