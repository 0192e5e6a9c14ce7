"""Work in the background on stored files and printouts."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from foundation.documents import nightly, notices, orphans
from foundation.documents.checking import ALARM_TASK
from foundation.documents.copying import actions as copying_actions
from foundation.documents.copying import working as copying
from foundation.documents.intake import actions, inspection
from foundation.documents.printing import actions as printing_actions
from foundation.documents.printing import working
from foundation.jobs import queue


@shared_task(name=ALARM_TASK, ignore_result=True, time_limit=60)
def alarm(*, job_id: str, **_ignored: object) -> str:
    """Tell one manager of a root that a file of it is damaged."""
    return queue.work(UUID(job_id), lambda actor, key: notices.broken(key, by=actor, at=timezone.now()))


@shared_task(name="foundation.documents.tasks.check_files", ignore_result=True, time_limit=600)
def check_files() -> str:
    """Woken by beat every two minutes of the night: files are held against their fingerprints."""
    night = nightly.check_files()
    return f"{night.intact} intact, {night.broken} damaged" + (", storage away" if night.away else "")


@shared_task(name="foundation.documents.tasks.sweep_orphans", ignore_result=True, time_limit=120)
def sweep_orphans() -> int:
    """Woken by beat: uploads that were given up, and files that no row knows."""
    now = timezone.now()
    orphans.forget_uploads(at=now)
    return orphans.sweep(at=now)


@shared_task(name=actions.TASK, ignore_result=True, time_limit=600)
def inspect_upload(*, job_id: str, **_ignored: object) -> str:
    """Look into one file that has arrived, acting for whoever sent it."""
    return queue.work_in_parts(
        UUID(job_id),
        inspection.look_into,
        give_up=inspection.give_up,
        attempts=inspection.ATTEMPTS,
        lost=inspection.ATTEMPTS,
    )


@shared_task(name=printing_actions.TASK, ignore_result=True, time_limit=110, soft_time_limit=100)
def print_out(*, job_id: str, **_ignored: object) -> str:
    """Print one paper, acting for its reader."""
    return queue.work_in_parts(UUID(job_id), working.print_out, give_up=working.give_up, attempts=working.ATTEMPTS)


@shared_task(name=copying_actions.TASK, ignore_result=True, time_limit=600)
def copy_document(*, job_id: str, **_ignored: object) -> str:
    """Encrypt one file anew and file the copy, acting for whoever ordered it."""
    return queue.work_in_parts(UUID(job_id), copying.copy, give_up=copying.give_up)
