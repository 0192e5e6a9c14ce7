"""The operational action plan: phases, and in each of them which party does what until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.access.models import SharedRecord
from foundation.tenancy.models import Membership
from jits.choices import TaskState
from jits.models.parties import JitParty
from jits.querysets import JitPhaseQuerySet, JitTaskQuerySet

_OPEN = TaskState.OPEN


class JitPhase(SharedRecord):
    """A phase of the plan. Its place is that in which it was added."""

    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("phase"), max_length=120)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = JitPhaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "position"], name="jits_jitphase_place_once"),
            models.CheckConstraint(name="jits_jitphase_has_a_title", condition=~Q(title="")),
        ]


class JitTask(SharedRecord):
    """What one party does in a phase, until an instant (UTC). What two parties do are two tasks.

    ``outcome`` says what came of it, or why it was dropped; empty while it is open.
    """

    phase = models.ForeignKey(JitPhase, on_delete=models.PROTECT, related_name="tasks")
    party = models.ForeignKey(JitParty, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("measure"), max_length=200)
    text = models.TextField(_("details"), max_length=2000, blank=True)
    responsible = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(_("deadline"))
    state = models.CharField(_("status"), max_length=8, choices=TaskState, default=_OPEN)
    outcome = models.TextField(_("outcome"), max_length=2000, blank=True)
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = JitTaskQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="jits_jittask_due", condition=Q(state=_OPEN)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="jits_jittask_state_known", condition=Q(state__in=TaskState.values)),
            models.CheckConstraint(
                name="jits_jittask_settled_fields_agree",
                condition=Q(state=_OPEN, settled_at__isnull=True, settled_by__isnull=True, outcome="")
                | (~Q(state=_OPEN) & ~Q(outcome="") & Q(settled_at__isnull=False, settled_by__isnull=False)),
            ),
        ]
