from celery import shared_task
from django.utils import timezone

from foundation.pages import drafts
from foundation.pages.api import idempotency


@shared_task(name="foundation.pages.tasks.forget_drafts", ignore_result=True, time_limit=60)
def forget_drafts() -> int:
    """Woken by beat every hour: what was typed, never sent and not touched for long is deleted."""
    return drafts.forget_old(at=timezone.now())


@shared_task(name="foundation.pages.tasks.forget_receipts", ignore_result=True, time_limit=60)
def forget_receipts() -> int:
    """Woken by beat every hour: what partner systems were told of their acts is forgotten after its time."""
    return idempotency.forget_old(at=timezone.now())
