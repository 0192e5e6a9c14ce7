"""Background work as rows: PostgreSQL is the truth, Redis carries only hints."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One piece of work: keys and instants only. Unique by its key, claimed with a lease, tried until it is done or has failed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=120)
    key = models.CharField(max_length=160, unique=True)
    subject = models.UUIDField(help_text="Key of the row that the work is about.")
    account = models.UUIDField(help_text="Account for which the work acts.")
    membership = models.UUIDField(help_text="Membership for which the work acts.")
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    hinted_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], condition=Q(done_at__isnull=True, failed_at__isnull=True), name="jobs_job_waiting"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="jobs_job_ends_once", condition=Q(done_at__isnull=True) | Q(failed_at__isnull=True)
            ),
        ]
