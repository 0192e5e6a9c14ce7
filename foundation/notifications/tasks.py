from celery import shared_task

from foundation.notifications.delivery import post, rows


@shared_task(name=rows.TASK, ignore_result=True, time_limit=120)
def deliver(**_ignored: object) -> int:
    """Woken by a hint, and by beat every few seconds: whatever mail is due goes out, composed acting for its reader."""
    return post.deliver_due()
