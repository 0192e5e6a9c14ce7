from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from contactgroup.choices import Status
from foundation.access.querysets import RootQuerySet, SharedQuerySet

if TYPE_CHECKING:
    from contactgroup.models import CaseNomination, Elector, Nomination, Vote  # noqa: F401

D = TypeVar("D", bound=models.Model)


class DatedQuerySet(models.QuerySet[D]):
    """For reference rows with a period of validity."""

    def valid_on(self, day: date) -> Self:
        """Rows in force on that day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class NominationQuerySet(RootQuerySet["Nomination"]):
    def submitted(self) -> Self:
        """Waiting for a place on an agenda."""
        return self.filter(status=Status.SUBMITTED)

    def voting(self) -> Self:
        return self.filter(status=Status.VOTING)

    def with_names(self) -> Self:
        return self.select_related("root", "nominating_authority__partner", "nominated_by__account")


class ElectorQuerySet(SharedQuerySet["Elector"]):
    def with_partner(self) -> Self:
        return self.select_related("partner", "seat").order_by("partner__position", "partner__name")


class VoteQuerySet(SharedQuerySet["Vote"]):
    def in_round(self, round_id: UUID) -> Self:
        return self.filter(round_id=round_id).order_by("partner_id", "sequence")

    def with_voter(self) -> Self:
        return self.select_related("cast_by__account")


class CaseNominationQuerySet(SharedQuerySet["CaseNomination"]):
    def of_nomination(self, nomination_id: UUID) -> Self:
        return self.filter(nomination=nomination_id)
