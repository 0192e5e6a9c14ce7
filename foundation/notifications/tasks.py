from celery import shared_task
from django.utils import timezone

from foundation.notifications.delivery import keeping, post, rows
from foundation.notifications.reminders import sweeping


@shared_task(name=rows.TASK, ignore_result=True, time_limit=120)
def deliver(**_ignored: object) -> int:
    """Woken by a hint, and by beat every few seconds: whatever mail is due goes out, composed acting for its reader."""
    return post.deliver_due()


@shared_task(name="foundation.notifications.tasks.sweep_reminders", ignore_result=True, time_limit=60)
def sweep_reminders() -> None:
    """Woken by beat every few seconds: what changed is planned, what is due is given."""
    sweeping.sweep()


@shared_task(name="foundation.notifications.tasks.forget_deliveries", ignore_result=True, time_limit=60)
def forget_deliveries() -> int:
    """Woken by beat every hour: mails that ended long ago are deleted, with what is known of each attempt."""
    return keeping.forget_old(at=timezone.now())
