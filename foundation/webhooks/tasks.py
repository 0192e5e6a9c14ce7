from celery import shared_task

from foundation.webhooks import post, rows


@shared_task(name=rows.TASK, ignore_result=True, time_limit=120)
def deliver(**_ignored: object) -> int:
    """Woken by beat every few seconds: whatever is due goes out, as long as the system sees what it is about."""
    return post.deliver_due()
