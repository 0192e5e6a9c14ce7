from celery import shared_task
from django.utils import timezone

from foundation.access import feed_keeping


@shared_task(name="foundation.access.tasks.forget_changes", ignore_result=True, time_limit=60)
def forget_changes() -> int:
    """Woken by beat every hour: rows of the feed of changes that no place leads to any more are deleted."""
    return feed_keeping.forget_old(at=timezone.now())
