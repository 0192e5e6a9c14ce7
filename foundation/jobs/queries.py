"""How background work stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from foundation.jobs.models import Job


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Numbers over all work, and the failed work by itself; no row tells what it is about but by key."""

    waiting: int
    overdue: int
    running: int
    done: int
    failed: int
    oldest_due_at: datetime | None
    failures: tuple[Job, ...]


def standing(at: datetime, *, limit: int = 100) -> Standing:
    """Two statements."""
    unfinished = Q(done_at__isnull=True, failed_at__isnull=True)
    running = unfinished & Q(leased_until__gt=at)
    overdue = unfinished & Q(due_at__lte=at) & ~Q(leased_until__gt=at)
    numbers = Job.objects.aggregate(
        waiting=Count("pk", filter=unfinished),
        overdue=Count("pk", filter=overdue),
        running=Count("pk", filter=running),
        done=Count("pk", filter=Q(done_at__isnull=False)),
        failed=Count("pk", filter=Q(failed_at__isnull=False)),
        oldest_due_at=Min("due_at", filter=overdue),
    )
    failures = Job.objects.filter(failed_at__isnull=False).order_by("-failed_at")[:limit]
    return Standing(**numbers, failures=tuple(failures))
