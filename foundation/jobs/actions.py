"""What an administrator may do with background work: let failed work run again, and nothing else."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.jobs.permissions import JobsPermission
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal


class UnableToRunAgain(Refusal):
    """The work has not failed; the message is fit for the user."""


@action
def run_again(*, job_id: UUID, by: Actor, at: datetime) -> None:
    """Put failed work back into the queue with all its attempts. It still acts for the membership that it was made for.

    Who may: technical administrators. Raises Forbidden, Job.DoesNotExist, UnableToRunAgain.
    """
    access.require(by, JobsPermission.RUN_AGAIN)
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.failed_at is None:
        raise UnableToRunAgain(_("This work has not failed, or somebody started it again already."))

    job.failed_at, job.attempts, job.due_at, job.hinted_at, job.outcome = None, 0, at, None, ""
    job.save(update_fields=["failed_at", "attempts", "due_at", "hinted_at", "outcome"])
    record.happened("jobs.job.run_again", by=by, root=job.pk)
    transaction.on_commit(partial(queue.hint, job.task, job.pk), robust=True)
