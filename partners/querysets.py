"""Clauses over the rules of this app."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from partners.models import SeatRule  # noqa: F401


class SeatRuleQuerySet(models.QuerySet["SeatRule"]):
    def in_force(self, on: date) -> Self:
        """Rules that hold on that day."""
        return self.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
