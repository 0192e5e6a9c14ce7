from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import Q

from contactgroup.choices import RecusalScope, Status
from foundation.access.querysets import RootQuerySet, SharedQuerySet
from foundation.reference.querysets import DatedQuerySet

if TYPE_CHECKING:
    from contactgroup.models import (  # noqa: F401
        CaseNomination,
        Elector,
        Nomination,
        Recusal,
        Vote,
        VotingRule,
    )
    from foundation.tenancy.actors import Actor


class VotingRuleQuerySet(DatedQuerySet["VotingRule"]):
    def standing(self) -> Self:
        """Without the rules that were withdrawn before they began."""
        return self.filter(withdrawn_at__isnull=True)

    def in_force_on(self, day: date) -> VotingRule | None:
        """The rule of that day: of those that are valid, the one that began last."""
        return self.standing().valid_on(day).order_by("-valid_from").first()


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


class RecusalQuerySet(SharedQuerySet["Recusal"]):
    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(taken_back_at__isnull=True)

    def barring(self, actor: Actor) -> Self:
        """Those that keep this person, whatever the membership, or this partner from voting."""
        own = Q(scope=RecusalScope.PERSON, recused_by__account=actor.account_id)
        return self.filter(own | Q(scope=RecusalScope.PARTNER, partner=actor.partner_id))

    def with_people(self) -> Self:
        return self.select_related("partner", "recused_by__account", "taken_back_by__account")


class CaseNominationQuerySet(SharedQuerySet["CaseNomination"]):
    def of_nomination(self, nomination_id: UUID) -> Self:
        return self.filter(nomination=nomination_id)
