"""The link from a case to its nominations, under the case's root: nobody who sees only the nomination learns the case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from contactgroup.querysets import CaseNominationQuerySet
from foundation.access.models import Offer, Share, SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.tenancy.models import Partner


class CaseNomination(SharedRecord):
    """This case was nominated. The nomination's key is plain; ``desk_share`` is the case desk's sight that ends with a refusal."""

    nomination = models.UUIDField(unique=True)
    desk_share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = CaseNominationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["root"], condition=Q(ended_at__isnull=True), name="contactgroup_casenomination_one_running"
            ),
        ]


class ReservedInvitation(SharedRecord):
    """The invitation that a proposed partner will get when the case is taken up: its future key and the offer behind it.

    Under the case's root: the electorate reads whom to invite and with which text, but never this key.
    """

    case_nomination = models.ForeignKey(CaseNomination, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    invitation = models.UUIDField(unique=True)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")

    objects = SharedQuerySet["ReservedInvitation"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case_nomination", "partner"], name="contactgroup_reserved_once"),
        ]
