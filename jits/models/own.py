"""What a party keeps for itself: notes, and approvals of its own side. No other party reads them, or learns that they are there."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.access.models import SharedRecord
from foundation.tenancy.models import Membership
from jits.choices import ApprovalStatus
from jits.querysets import JitApprovalQuerySet, JitOwnNoteQuerySet


class JitOwnNote(SharedRecord):
    """A text for the writer's own partner. Its audience is that partner, always."""

    text = models.TextField(_("note"), max_length=8000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = JitOwnNoteQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["root", "-written_at"], name="jits_jitownnote_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(name="jits_jitownnote_for_own_partner", condition=Q(audience__isnull=False)),
        ]


class JitApproval(SharedRecord):
    """What a party asks of its own side before it goes on, of whom, and what was answered. Days of the own calendar."""

    subject = models.CharField(_("what is asked"), max_length=300)
    of_whom = models.CharField(_("of whom"), max_length=200, blank=True)
    person = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    asked_date = models.DateField(_("asked on"))
    due_date = models.DateField(_("needed by"), null=True, blank=True)
    status = models.CharField(_("answer"), max_length=10, choices=ApprovalStatus, default=ApprovalStatus.ASKED)
    answered_date = models.DateField(_("answered on"), null=True, blank=True)
    words = models.TextField(_("in words"), max_length=2000, blank=True)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = JitApprovalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="jits_jitapproval_for_own_partner", condition=Q(audience__isnull=False)),
            models.CheckConstraint(name="jits_jitapproval_status_known", condition=Q(status__in=ApprovalStatus.values)),
            models.CheckConstraint(
                name="jits_jitapproval_of_somebody", condition=~Q(of_whom="") | Q(person__isnull=False)
            ),
            models.CheckConstraint(
                name="jits_jitapproval_answered_fields_agree",
                condition=Q(status=ApprovalStatus.ASKED, answered_date__isnull=True)
                | (~Q(status=ApprovalStatus.ASKED) & Q(answered_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="jits_jitapproval_days_run_forward",
                condition=(Q(due_date__isnull=True) | Q(due_date__gte=F("asked_date")))
                & (Q(answered_date__isnull=True) | Q(answered_date__gte=F("asked_date"))),
            ),
        ]

    def overdue(self, today: date) -> bool:
        """Not answered after the day on which it was needed."""
        return self.status == ApprovalStatus.ASKED and self.due_date is not None and self.due_date < today
