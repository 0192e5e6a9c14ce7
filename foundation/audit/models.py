"""The append-only record: who looked at what, who changed what.

Events are opaque keys, read by auditors through ``audit_log``; details belong to the readers of the row that they describe.
Both are written by a definer function alone (sql/record.sql).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.access.models import Root
from foundation.access.querysets import SharedQuerySet
from foundation.audit import words
from foundation.tenancy.models import Membership


class Event(models.Model):
    """One use-case: a look, a list, a change or a refusal. Keys and instants only; no foreign keys, so nothing can erase it."""

    class Outcome(models.TextChoices):
        DONE = "done"
        FORBIDDEN = "forbidden"
        NOT_FOUND = "not_found"
        CONFLICT = "conflict"
        STALE = "stale"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    membership = models.UUIDField(null=True)
    on_behalf_of = models.UUIDField(null=True)
    verb = models.CharField(max_length=80)
    root = models.UUIDField(null=True)
    roots = ArrayField(models.UUIDField(), default=list)
    request_id = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-at"]),
            models.Index(fields=["root", "-at"]),
            models.Index(fields=["membership", "-at"], name="audit_event_of_membership"),
            models.Index(fields=["verb", "-at"], name="audit_event_of_verb"),
            models.Index(fields=["outcome", "-at"], name="audit_event_not_done", condition=~Q(outcome="done")),
            models.Index(fields=["request_id"], name="audit_event_of_request", condition=~Q(request_id="")),
        ]

    @property
    def ended(self) -> str:
        """How the act ended, in the active language."""
        return words.outcome(self.outcome)


class Detail(models.Model):
    """What a change was about: purpose and changes, for the readers of the row that changed. A timeline is made of these."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.UUIDField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+")
    audience = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=dict)

    objects = SharedQuerySet["Detail"].as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["root", "-at"])]
