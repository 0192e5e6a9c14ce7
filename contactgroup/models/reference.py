"""Reference data of the Contact Group: dated rows that staff edit. Open inside the application; they say nothing of any case."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contactgroup.counting import Rule
from contactgroup.querysets import DatedQuerySet


class Dated(models.Model):
    """A row in force from one day to another."""

    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="contactgroup_%(class)s_period_runs_forward",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]


class Criterion(Dated):
    """A criterion of case selection. ``core`` ones must be scored in every dossier."""

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    question = models.CharField(_("question"), max_length=300)
    core = models.BooleanField(_("must be scored"), default=False)
    position = models.PositiveSmallIntegerField(_("order in lists"))

    objects = DatedQuerySet["Criterion"].as_manager()

    class Meta(Dated.Meta):
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="contactgroup_criterion_once_per_period"),
        ]

    def __str__(self) -> str:
        return gettext(self.name)


class VotingRule(Dated):
    """Quorum (share of the electorate) and majority (share of the voices for and against), each to be exceeded."""

    quorum_numerator = models.PositiveSmallIntegerField()
    quorum_denominator = models.PositiveSmallIntegerField()
    majority_numerator = models.PositiveSmallIntegerField()
    majority_denominator = models.PositiveSmallIntegerField()
    withheld_is_present = models.BooleanField(_("withheld voices count for the quorum"), default=False)

    objects = DatedQuerySet["VotingRule"].as_manager()

    class Meta(Dated.Meta):
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["valid_from"], name="contactgroup_votingrule_once_per_day"),
            models.CheckConstraint(
                name="contactgroup_votingrule_shares_below_one",
                condition=Q(
                    quorum_denominator__gt=F("quorum_numerator"), majority_denominator__gt=F("majority_numerator")
                ),
            ),
        ]

    def as_rule(self) -> Rule:
        """The rule as plain data for counting."""
        return Rule(
            quorum=Fraction(self.quorum_numerator, self.quorum_denominator),
            majority=Fraction(self.majority_numerator, self.majority_denominator),
            withheld_is_present=self.withheld_is_present,
        )
