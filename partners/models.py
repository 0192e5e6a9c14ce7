"""What partners adds to the directory: how many people may sit on an office at once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.reference.models import DatedRow, one_at_a_time
from foundation.tenancy.choices import Capacity, OfficeKind
from partners.querysets import SeatRuleQuerySet


class SeatRule(DatedRow):
    """At most so many people may hold an office of that kind in that capacity at once, between two dates.

    Reference data: a rule is ended and followed by another, so that earlier appointments stay explicable. An office without a rule has
    no limit.
    """

    office_kind = models.CharField(_("office"), max_length=20, choices=OfficeKind)
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity)
    at_most = models.PositiveSmallIntegerField(_("at most"))

    objects = SeatRuleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office_kind", "capacity", "valid_from"], name="partners_seatrule_once"),
            models.CheckConstraint(
                name="partners_seatrule_period_runs_forward",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            one_at_a_time("partners_seatrule_one_at_a_time", "office_kind", "capacity"),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_kind_display()}, {self.get_capacity_display()}: {self.at_most}"
