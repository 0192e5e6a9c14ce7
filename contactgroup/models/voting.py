"""Voting on a nomination: rounds, who has voted, and the voices, which are sealed until the round is closed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contactgroup.choices import Voice
from contactgroup.models.reference import VotingRule
from contactgroup.querysets import VoteQuerySet
from foundation.access.models import SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.tenancy.models import Membership, Partner


class VotingRound(SharedRecord):
    """One vote on a nomination, under the rule in force when it was opened. ``closes_at`` ends it by the clock."""

    number = models.PositiveSmallIntegerField()
    rule = models.ForeignKey(VotingRule, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField(_("closes"), null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SharedQuerySet["VotingRound"].as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["closes_at", "id"],
                name="contactgroup_votinground_ends",
                condition=Q(closed_at__isnull=True, closes_at__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "number"], name="contactgroup_votinground_once"),
            models.UniqueConstraint(
                fields=["root"], condition=Q(closed_at__isnull=True), name="contactgroup_votinground_one_open"
            ),
            models.CheckConstraint(
                name="contactgroup_votinground_closed_fields_agree",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="contactgroup_votinground_runs_forward",
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opened_at")),
            ),
        ]

    def ended(self, at: datetime) -> bool:
        """Closed, or past its end by the clock."""
        return self.closed_at is not None or (self.closes_at is not None and self.closes_at <= at)


class Turnout(SharedRecord):
    """That a partner has voted in a round, and how often; not what it said. Only partners with a voice under the rule have one.

    ``stands`` says whether one of its votes counts: those of people who are recused do not.
    """

    round = models.ForeignKey(VotingRound, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    casts = models.PositiveSmallIntegerField(default=0)
    stands = models.BooleanField(default=False)

    objects = SharedQuerySet["Turnout"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "partner"], name="contactgroup_turnout_once"),
        ]


class Vote(SharedRecord):
    """A voice as it was cast. The last of a partner before the closing counts, but for those of people who are recused; all stay
    on record, unchanged.

    Its audience is the own partner until the round is closed, then everyone on the nomination.
    """

    round = models.ForeignKey(VotingRound, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveSmallIntegerField()
    voice = models.CharField(_("vote"), max_length=10, choices=Voice)
    comment = models.CharField(_("comment"), max_length=1000, blank=True)
    cast_at = models.DateTimeField()
    cast_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "partner", "sequence"], name="contactgroup_vote_once"),
            models.CheckConstraint(name="contactgroup_vote_voice_known", condition=Q(voice__in=Voice.values)),
        ]

    @property
    def voter_id(self) -> UUID:
        """The person who cast it, whatever the membership; read it from rows with their voter."""
        return self.cast_by.account_id
