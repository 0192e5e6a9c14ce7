from uuid import UUID

from celery import shared_task
from django.utils import timezone

from foundation.jobs import queue
from partners import actions
from partners.actions import accounts


@shared_task(name=accounts.WELCOME_TASK, ignore_result=True, time_limit=60)
def mail_welcome(*, job_id: str, **_ignored: object) -> str:
    """Send one welcome, acting for the person who was invited; nobody is welcomed to a membership that has ended."""
    return queue.work(UUID(job_id), lambda actor, _key: actions.mail_welcome(by=actor, at=timezone.now()))
