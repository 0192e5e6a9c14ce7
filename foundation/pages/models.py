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


class Receipt(PersonalRecord):
    """What a partner system was told of an act that had its effect: the same request again is told the same.

    ``key`` is the sender's word for its intention, ``request`` the digest of method, address and body, ``body`` keys and an address
    alone, nothing of a record's content.
    """

    key = models.CharField(max_length=255)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField()

    objects = PersonalQuerySet["Receipt"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "key"], name="pages_receipt_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="pages_receipt_age")]


class Draft(PersonalRecord):
    """What somebody typed into a long form and did not send yet, with the version and the original that it was written against.

    ``form`` is the verb of the page, ``typed`` holds field name -> list of values, as the browser had them.
    ``revision`` counts the savings, so that a second window cannot write over the first unasked.
    """

    path = models.CharField(max_length=300)
    form = models.CharField(max_length=80)
    typed = models.JSONField()
    version = models.PositiveIntegerField(null=True)
    original = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    objects = PersonalQuerySet["Draft"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["membership", "path", "form"], name="pages_draft_once_per_form"),
        ]
        indexes: ClassVar = [models.Index(fields=["saved_at"], name="pages_draft_age")]
