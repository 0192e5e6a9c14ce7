from celery import shared_task
from django.utils import timezone

from foundation.webhooks import keeping, post, rows


@shared_task(name=rows.TASK, ignore_result=True, time_limit=120)
def deliver(**_ignored: object) -> int:
    """Woken by beat every few seconds: whatever is due goes out, as long as the system sees what it is about."""
    return post.deliver_due()


@shared_task(name="foundation.webhooks.tasks.forget_deliveries", ignore_result=True, time_limit=60)
def forget_deliveries() -> int:
    """Woken by beat every hour: deliveries that ended long ago are deleted, with what is known of each attempt."""
    return keeping.forget_old(at=timezone.now())
