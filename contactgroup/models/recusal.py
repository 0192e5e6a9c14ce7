"""Recusal: who takes no part in the votes on a nomination, and, for few readers, why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contactgroup.choices import Ground, RecusalScope
from contactgroup.querysets import RecusalQuerySet
from foundation.access.models import SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.tenancy.models import Membership, Partner


class Recusal(SharedRecord):
    """That a person, or a partner as a whole, takes no part in the votes on a nomination. The bare fact: everyone on it reads it.

    It counts in the rounds from ``from_round`` on, until it is taken back: then to ``until_round``, the last round that it reached. By
    numbers and not by instants, so that no waiting lock changes a count that was told.
    """

    scope = models.CharField(_("who takes no part"), max_length=8, choices=RecusalScope)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    from_round = models.PositiveSmallIntegerField()
    recused_at = models.DateTimeField()
    recused_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    until_round = models.PositiveSmallIntegerField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = RecusalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["root", "recused_by"],
                condition=Q(scope=RecusalScope.PERSON, taken_back_at__isnull=True),
                name="contactgroup_recusal_person_once",
            ),
            models.UniqueConstraint(
                fields=["root", "partner"],
                condition=Q(scope=RecusalScope.PARTNER, taken_back_at__isnull=True),
                name="contactgroup_recusal_partner_once",
            ),
            models.CheckConstraint(name="contactgroup_recusal_scope_known", condition=Q(scope__in=RecusalScope.values)),
            models.CheckConstraint(
                name="contactgroup_recusal_taken_back_fields_agree",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, until_round__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False, until_round__isnull=False),
            ),
        ]

    def counts_in(self, number: int) -> bool:
        """Does it count in the round of that number?"""
        return self.from_round <= number and (self.until_round is None or self.until_round >= number)


class RecusalReason(SharedRecord):
    """Why, for the own partner; the case desk reads a copy (sql/recusal.sql). Nobody else on the nomination ever does."""

    recusal = models.ForeignKey(Recusal, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(_("reason"), max_length=10, choices=Ground)
    words = models.CharField(_("in words"), max_length=1000, blank=True)

    objects = SharedQuerySet["RecusalReason"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recusal", "audience"], name="contactgroup_recusalreason_once"),
            models.CheckConstraint(
                name="contactgroup_recusalreason_never_for_everyone", condition=Q(audience__isnull=False)
            ),
            models.CheckConstraint(
                name="contactgroup_recusalreason_ground_known", condition=Q(ground__in=Ground.values)
            ),
        ]
