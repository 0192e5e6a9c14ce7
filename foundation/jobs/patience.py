"""To write down what nobody else knows, although the database may be away for a moment."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection, transaction

PAUSE = 0.5
"""Seconds between two tries."""


def written(write: Callable[[], None], *, seconds: float) -> None:
    """Write in a transaction of its own; once more for so many seconds when the database is away.

    Raises OperationalError or InterfaceError when it stays away, and at once inside a transaction, which cannot be begun again.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            with transaction.atomic():
                write()
            return
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > until:
                raise
            connection.close()
            time.sleep(PAUSE)
