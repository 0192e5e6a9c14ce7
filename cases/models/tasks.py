"""Tasks."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.querysets import TaskQuerySet
from foundation.access.models import SharedRecord
from foundation.tenancy.models import Membership


def _paired(name: str) -> models.CheckConstraint:
    at, by = f"{name}_at__isnull", f"{name}_by__isnull"
    return models.CheckConstraint(
        name=f"cases_task_{name}_fields_agree", condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False})
    )


class Task(SharedRecord):
    """Something that a partner, authority, office or person on the case is asked to do by an instant (UTC).

    Overdue is derived from the clock, never stored.
    """

    assignee = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("task"), max_length=200)
    text = models.TextField(_("details"), max_length=2000, blank=True)
    due_at = models.DateTimeField(_("due"))
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["assignee", "due_at", "root"],
                name="cases_task_waiting",
                condition=Q(done_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.Index(fields=["root", "due_at"], name="cases_task_of_case"),
            models.Index(
                fields=["due_at", "id"],
                name="cases_task_due",
                condition=Q(done_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            _paired("acknowledged"),
            _paired("done"),
            _paired("withdrawn"),
            models.CheckConstraint(
                name="cases_task_done_or_withdrawn", condition=Q(done_at__isnull=True) | Q(withdrawn_at__isnull=True)
            ),
        ]

    @property
    def finished(self) -> bool:
        """Done or withdrawn."""
        return self.done_at is not None or self.withdrawn_at is not None

    def overdue(self, at: datetime) -> bool:
        """Unfinished after its due instant."""
        return not self.finished and self.due_at <= at
