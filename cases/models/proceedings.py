"""National proceedings and own file numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import Stage
from cases.querysets import ProceedingQuerySet
from foundation.access.models import SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.tenancy.models import Authority, Membership


class Proceeding(SharedRecord):
    """What one authority does under its own law; one per authority. Its own file number stands in a row of its own."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", verbose_name=_("authority"))
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    opened_date = models.DateField(_("opened on"), null=True, blank=True)
    state_of_play = models.TextField(_("state of play"), max_length=1000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = ProceedingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "authority"], name="cases_proceeding_once_per_authority"),
        ]


class FileNumber(SharedRecord):
    """An authority's own reference. Its audience is the own partner, always: no other partner reads it."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", verbose_name=_("authority"))
    number = models.CharField(_("file number"), max_length=80)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = SharedQuerySet["FileNumber"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="cases_filenumber_for_own_partner", condition=Q(audience__isnull=False)),
            models.UniqueConstraint(fields=["root", "audience", "number"], name="cases_filenumber_once"),
        ]
