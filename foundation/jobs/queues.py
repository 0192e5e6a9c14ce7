"""The queues that work waits in, as the settings name them, and how much waits there for a worker."""

from __future__ import annotations

from typing import Any

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError as NoBroker


def names() -> list[str]:
    """All queues."""
    return [queue.name for queue in settings.CELERY_TASK_QUEUES]


def usual() -> str:
    """The queue of every task that the settings do not name."""
    return str(settings.CELERY_TASK_DEFAULT_QUEUE)


def tasks_elsewhere() -> dict[str, str]:
    """The queue of each task that waits in another one."""
    return {task: str(route["queue"]) for task, route in settings.CELERY_TASK_ROUTES.items()}


def waiting(name: str) -> int:
    """How many messages lie in a queue; none where there is no broker."""
    try:
        with current_app.connection_for_write() as line:
            line.ensure_connection(max_retries=1)
            channel: Any = line.default_channel
            return int(channel.queue_declare(queue=name).message_count)
    except (OSError, NoBroker):
        return 0
