"""Reference data of the Contact Group: dated rows that staff edit. Open inside the application; they say nothing of any case."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from contactgroup.counting import Rule
from contactgroup.querysets import VotingRuleQuerySet
from foundation.reference.models import WordedRow, one_at_a_time
from foundation.reference.querysets import DatedQuerySet
from foundation.tenancy.models import Membership


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


class Criterion(WordedRow):
    """A criterion of case selection. ``core`` ones must be scored in every dossier."""

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    question = models.CharField(_("question"), max_length=300)
    core = models.BooleanField(_("must be scored"), default=False)
    position = models.PositiveSmallIntegerField(_("order in lists"))

    worded = ("name", "question")

    objects = DatedQuerySet["Criterion"].as_manager()

    class Meta:
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="contactgroup_criterion_period_runs_forward",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.UniqueConstraint(fields=["code", "valid_from"], name="contactgroup_criterion_once_per_period"),
            one_at_a_time("contactgroup_criterion_one_at_a_time", "code"),
        ]

    @property
    def asks(self) -> str:
        """Its question in the active language."""
        return self.said("question")

    def __str__(self) -> str:
        return self.said("name")


class VotingRule(Dated):
    """Quorum (share of the electorate) and majority (share of the voices for and against), each to be exceeded; who is counted.

    A rule begins after the day on which it was set and is never changed: another one takes its place. Until it begins it can be
    withdrawn. ``set_at`` is empty for the rule that comes with the product.
    """

    quorum_numerator = models.PositiveSmallIntegerField()
    quorum_denominator = models.PositiveSmallIntegerField()
    majority_numerator = models.PositiveSmallIntegerField()
    majority_denominator = models.PositiveSmallIntegerField()
    least_present = models.PositiveSmallIntegerField(_("partners that must be present at least"), default=1)
    withheld_is_present = models.BooleanField(_("withheld voices count for the quorum"), default=False)
    recused_leaves_quorum = models.BooleanField(
        _("a recused partner leaves the electorate for the quorum"), default=True
    )
    recused_leaves_majority = models.BooleanField(
        _("a recused partner leaves the electorate for the majority"), default=True
    )
    nominator_votes = models.BooleanField(_("the nominating partner votes"), default=True)
    set_at = models.DateTimeField(null=True)
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = VotingRuleQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="contactgroup_votingrule_once_per_day",
            ),
            models.CheckConstraint(
                name="contactgroup_votingrule_shares_below_one",
                condition=Q(
                    quorum_denominator__gt=F("quorum_numerator"), majority_denominator__gt=F("majority_numerator")
                ),
            ),
            models.CheckConstraint(
                name="contactgroup_votingrule_somebody_is_present", condition=Q(least_present__gte=1)
            ),
            models.CheckConstraint(
                name="contactgroup_votingrule_set_before_it_begins",
                condition=Q(set_at__isnull=True, set_by__isnull=True)
                | Q(set_by__isnull=False, valid_from__gt=TruncDate("set_at")),
            ),
            models.CheckConstraint(
                name="contactgroup_votingrule_withdrawn_before_it_begins",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_by__isnull=False, valid_from__gt=TruncDate("withdrawn_at")),
            ),
        ]

    def as_rule(self) -> Rule:
        """The rule as plain data for counting."""
        return Rule(
            quorum=Fraction(self.quorum_numerator, self.quorum_denominator),
            majority=Fraction(self.majority_numerator, self.majority_denominator),
            least_present=self.least_present,
            withheld_is_present=self.withheld_is_present,
            recused_leaves_quorum=self.recused_leaves_quorum,
            recused_leaves_majority=self.recused_leaves_majority,
            nominator_votes=self.nominator_votes,
        )
