from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

D = TypeVar("D", bound=models.Model)


class DatedQuerySet(models.QuerySet[D]):
    """For rows that hold from one day to another, both included."""

    def valid_on(self, day: date) -> Self:
        """Rows in force on that day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)
