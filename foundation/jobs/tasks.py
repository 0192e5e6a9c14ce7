from celery import shared_task

from foundation.jobs import queue


@shared_task(name="foundation.jobs.tasks.sweep", ignore_result=True, time_limit=60)
def sweep() -> int:
    """Woken by beat every few seconds: what is due and unclaimed gets a hint."""
    return queue.sweep()
