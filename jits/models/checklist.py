"""What a team says to the points of the checklist, and where it went on although points were open."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.access.models import SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.tenancy.models import Membership
from jits.checklist import BY_CODE, Answer, Part, Point
from jits.querysets import JitPointQuerySet


class JitPoint(SharedRecord):
    """One point of the checklist and what the team says to it; there from the idea on, open at first."""

    code = models.CharField(max_length=24)
    answer = models.CharField(_("answer"), max_length=14, choices=Answer, default=Answer.OPEN)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    responsible = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = JitPointQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "code"], name="jits_jitpoint_once"),
            models.CheckConstraint(name="jits_jitpoint_answer_known", condition=Q(answer__in=Answer.values)),
            models.CheckConstraint(
                name="jits_jitpoint_answered_fields_agree",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    @property
    def point(self) -> Point:
        """The question and its part."""
        return BY_CODE[self.code]


class JitGate(SharedRecord):
    """That the team went on although points of a part were not settled: which, and why. Written once."""

    part = models.CharField(max_length=10, choices=Part)
    codes = ArrayField(models.CharField(max_length=24))
    justification = models.TextField(_("why the team goes on"), max_length=2000)
    passed_at = models.DateTimeField()
    passed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = SharedQuerySet["JitGate"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="jits_jitgate_part_known", condition=Q(part__in=Part.values)),
            models.CheckConstraint(name="jits_jitgate_says_why", condition=~Q(justification="")),
        ]

    @property
    def points(self) -> list[Point]:
        """The points that were not settled."""
        return [BY_CODE[code] for code in self.codes]
