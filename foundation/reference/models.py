"""What rows of reference data have in common, who changed which of them, and the dates of the programme itself.

Open inside the application: they say nothing of any case.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.reference import words
from foundation.reference.querysets import DatedQuerySet
from foundation.tenancy.models import Membership


class KeyRange(Func):
    """What a row is about, as a range of one number: compared in an exclusion constraint without an extension of the database."""

    template = "int8range(hashtextextended(%(expressions)s, 0), hashtextextended(%(expressions)s, 0), '[]')"
    arg_joiner = " || ':' || "
    output_field = BigIntegerRangeField()


class Days(Func):
    """From the first day to the last, both included; without a last day, for ever."""

    template = "daterange(%(expressions)s, '[]')"
    output_field = DateRangeField()


def one_at_a_time(name: str, *key: str) -> ExclusionConstraint:
    """Of what has the same key, one row at most holds on any day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (KeyRange(*key), RangeOperators.OVERLAPS),
            (Days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
        ],
    )


class DatedRow(models.Model):
    """A row that holds from one day to another (days in UTC, both included), with a version for whoever edits it."""

    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def begun(self, on: date) -> bool:
        """May it have been used by now?"""
        return self.valid_from <= on

    def over(self, on: date) -> bool:
        """Does it hold no more?"""
        return self.valid_until is not None and self.valid_until < on


class WordedRow(DatedRow):
    """A row with words in English, and in the other languages as far as staff wrote them: field -> language -> words.

    Where they did not, the catalogues of the product are asked, which know the words that come with it.
    """

    translations = models.JSONField(_("translations"), default=dict, blank=True)

    worded: ClassVar[tuple[str, ...]] = ("name",)

    class Meta:
        abstract = True

    @property
    def words(self) -> str:
        """Its name in the active language."""
        return self.said("name")

    def said(self, field: str) -> str:
        """The words in the active language."""
        return words.said(getattr(self, field), self.translations.get(field, {}))


class ProgrammeDate(WordedRow):
    """A date or a setting of the programme itself: a phase, an extension, the amount of the contribution, from one day to another."""

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    value = models.CharField(_("value"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = DatedQuerySet["ProgrammeDate"].as_manager()

    class Meta:
        ordering: ClassVar = ["valid_from", "code"]
        constraints: ClassVar = [
            one_at_a_time("reference_programmedate_one_at_a_time", "code"),
            models.CheckConstraint(
                name="reference_programmedate_period_runs_forward",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.said("name")


class Act(models.TextChoices):
    """What was done with a row."""

    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    ENDED = "ended", _("End set")
    WITHDRAWN = "withdrawn", _("Withdrawn before it began")
    STRUCK = "struck", _("Struck out")


class Change(models.Model):
    """Who changed which row when, and what stood there before: ``changes`` is column -> [before, after], as cells of a file.

    Written once, with the change. ``row`` is the key of the row in the table of its kind; one that was withdrawn is there no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    row = models.CharField(max_length=36)
    title = models.CharField(max_length=300)
    act = models.CharField(max_length=10, choices=Act)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    imported = models.BooleanField(default=False)
    changes: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-at", "title", "pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "-at"]), models.Index(fields=["kind", "row", "-at"])]

    def __str__(self) -> str:
        return gettext("%(act)s: %(title)s") % {"act": self.get_act_display(), "title": self.title}
