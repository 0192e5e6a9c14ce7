from uuid import UUID

from celery import shared_task

from foundation.jobs import queue
from foundation.notifications import inbox


@shared_task(name=inbox.MAIL_TASK, ignore_result=True, time_limit=60)
def mail_notice(*, job_id: str, **_ignored: object) -> str:
    """Send the mail of one notice, acting for its reader."""
    return queue.work(UUID(job_id), lambda actor, notice_id: inbox.mail(by=actor, notice_id=notice_id))
