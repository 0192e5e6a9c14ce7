from __future__ import annotations

from typing import ClassVar

from django.db import models

from foundation.access.models import PersonalRecord
from foundation.access.querysets import PersonalQuerySet


class Submission(PersonalRecord):
    """A form that had its effect: sent again, it leads to the same place and does nothing."""

    key = models.UUIDField()
    path = models.CharField(max_length=300)
    location = models.CharField(max_length=300)
    at = models.DateTimeField()

    objects = PersonalQuerySet["Submission"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "key"], name="pages_submission_once"),
        ]
