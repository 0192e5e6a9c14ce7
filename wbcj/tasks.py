from uuid import UUID

from celery import shared_task

from foundation.jobs import queue
from wbcj.sign_in import actions


@shared_task(name=actions.MAIL_TASK, ignore_result=True, time_limit=60)
def mail_happening(*, job_id: str, **_ignored: object) -> str:
    """Tell somebody what happened to how they sign in."""
    return queue.work(UUID(job_id), lambda actor, key: actions.mail(by=actor, key=key))
