"""Printouts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.access.models import ReaderRecord
from foundation.documents.printing.choices import IN_FLIGHT, State
from foundation.documents.printing.querysets import PrintoutQuerySet
from foundation.documents.stored import StoredLater, stored_together


class Printout(ReaderRecord, StoredLater):
    """A paper of one reader under a root: seen by that membership alone, and only as long as it sees the root.

    ``digest`` is that of the frozen data (without who printed it and when), ``edition`` that of template, stylesheet and words.
    ``code`` stands on the paper. ``fingerprint`` is the SHA-256 of the sealed file; it stays when the file is gone, for whoever
    verifies a copy.
    """

    kind = models.CharField(max_length=40)
    subject = models.UUIDField(help_text=_("Key of the record that is printed."))
    language = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    edition = models.CharField(max_length=16)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    code = models.CharField(max_length=9, unique=True)
    ordered_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=40, blank=True, help_text=_("Kind of the failure."))
    fingerprint = models.CharField(max_length=64, blank=True)
    test_seal = models.BooleanField(default=False)

    objects = PrintoutQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["membership", "kind", "subject", "-ordered_at"], name="documents_printout_of_reader"),
            models.Index(fields=["-ordered_at"], name="documents_printout_ordered"),
            models.Index(fields=["fingerprint"], condition=~Q(fingerprint=""), name="documents_printout_sealed"),
        ]
        constraints: ClassVar = [
            stored_together("documents_printout"),
            models.UniqueConstraint(
                name="documents_printout_one_in_flight",
                fields=["membership", "kind", "subject", "language"],
                condition=Q(state__in=IN_FLIGHT),
            ),
            models.CheckConstraint(
                name="documents_printout_state_fields_agree",
                condition=(
                    Q(state__in=IN_FLIGHT, location__isnull=True, fingerprint="", ended_at__isnull=True, why="")
                    | Q(state=State.READY, location__isnull=False, pages__isnull=False, ended_at__isnull=False, why="")
                    & ~Q(fingerprint="")
                    | Q(state=State.REPLACED, location__isnull=True, ended_at__isnull=False, why="")
                    & ~Q(fingerprint="")
                    | Q(state=State.FAILED, location__isnull=True, fingerprint="", ended_at__isnull=False) & ~Q(why="")
                ),
            ),
        ]
