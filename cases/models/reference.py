"""Reference data of cases: dated rows that staff edit. Open inside the application; they say nothing about any case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.reference.models import WordedRow, one_at_a_time
from foundation.reference.querysets import DatedQuerySet


class Dated(WordedRow):
    """A word of a code list and the days on which it may be chosen."""

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(_("order in lists"), default=100)

    class Meta:
        abstract = True
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="cases_%(class)s_once_per_period"),
            models.CheckConstraint(
                name="cases_%(class)s_period_runs_forward",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            one_at_a_time("cases_%(class)s_one_at_a_time", "code"),
        ]

    def __str__(self) -> str:
        return self.said("name")


class CrimeType(Dated):
    """One of the forms of serious crime of Annex I of Regulation (EU) 2018/1727."""

    objects = DatedQuerySet["CrimeType"].as_manager()


class Priority(Dated):
    """A priority of the European Union in the fight against serious and organised crime (EMPACT), for one cycle."""

    objects = DatedQuerySet["Priority"].as_manager()
