"""How many hints to workers lie in Redis: effects outside the database, which may be lost and must never come without the commit."""

from __future__ import annotations

from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError


def hints() -> int:
    """The length of the queue of this process."""
    with current_app.connection_for_write() as line:
        channel: Any = line.default_channel
        try:
            return int(channel._size(current_app.conf.task_default_queue))  # noqa: SLF001
        except OperationalError:
            return -1
