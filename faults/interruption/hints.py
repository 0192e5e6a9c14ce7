"""How many hints to workers lie in Redis: effects outside the database, which may be lost and must never come without the commit."""

from __future__ import annotations

from foundation.jobs import queues


def hints() -> int:
    """The length of the queues of this process."""
    return sum(queues.waiting(name) for name in queues.names())
