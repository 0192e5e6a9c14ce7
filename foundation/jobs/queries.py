"""How background work stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Min, Q, Value, When

from foundation.jobs import queues
from foundation.jobs.models import Job

FORSAKEN = timedelta(minutes=3)
"""A lease, a beat and a hint that was lost are over by then."""


@dataclass(frozen=True, kw_only=True)
class QueueStanding:
    """Numbers over the work of one queue."""

    name: str
    waiting: int = 0
    overdue: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    oldest_due_at: datetime | None = None

    def forsaken(self, at: datetime) -> bool:
        """Work has been due for minutes and none is in hand: no worker takes this queue, or none that lives."""
        return self.running == 0 and self.oldest_due_at is not None and self.oldest_due_at < at - FORSAKEN


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Numbers over all work and for each queue, and the failed work by itself; no row tells what it is about but by key."""

    at: datetime
    queues: tuple[QueueStanding, ...]
    failures: tuple[Job, ...]

    @property
    def waiting(self) -> int:
        """Not ended yet."""
        return sum(queue.waiting for queue in self.queues)

    @property
    def failed(self) -> int:
        """Ended in an error for good."""
        return sum(queue.failed for queue in self.queues)

    @property
    def forsaken(self) -> list[str]:
        """The names of queues that no worker takes."""
        return [queue.name for queue in self.queues if queue.forsaken(self.at)]


def standing(at: datetime, *, limit: int = 100) -> Standing:
    """Two statements."""
    numbers = {row["name"]: row for row in _numbers(at)}
    failures = Job.objects.filter(failed_at__isnull=False).order_by("-failed_at")[:limit]
    found = [QueueStanding(**numbers.get(name, {"name": name})) for name in queues.names()]
    return Standing(at=at, queues=tuple(found), failures=tuple(failures))


def failed(keys: Collection[str]) -> set[str]:
    """Of these keys, those whose work has failed for good; one statement, none for no key."""
    if not keys:
        return set()
    return set(Job.objects.filter(key__in=keys, failed_at__isnull=False).values_list("key", flat=True))


def _numbers(at: datetime) -> Iterable[Mapping[str, Any]]:
    elsewhere = [When(task=task, then=Value(name)) for task, name in queues.tasks_elsewhere().items()]
    queue = Case(*elsewhere, default=Value(queues.usual()), output_field=CharField())
    unfinished = Q(done_at__isnull=True, failed_at__isnull=True)
    running = unfinished & Q(leased_until__gt=at)
    overdue = unfinished & Q(due_at__lte=at) & ~Q(leased_until__gt=at)
    return (
        Job.objects.values(name=queue)
        .annotate(
            waiting=Count("pk", filter=unfinished),
            overdue=Count("pk", filter=overdue),
            running=Count("pk", filter=running),
            done=Count("pk", filter=Q(done_at__isnull=False)),
            failed=Count("pk", filter=Q(failed_at__isnull=False)),
            oldest_due_at=Min("due_at", filter=overdue),
        )
        .order_by()
    )
