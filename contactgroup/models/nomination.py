"""A nomination: a root of its own. It holds copies of what its electorate may read and no key of the case."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contactgroup.choices import Audience, Outcome, Score, Status, Tool
from contactgroup.models.reference import Criterion
from contactgroup.querysets import ElectorQuerySet, NominationQuerySet
from foundation.access.models import RootRecord, SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.components import handling
from foundation.components.handling import HandlingCode
from foundation.tenancy.models import Authority, Membership, Office, Partner

_OVER = [Status.DECIDED, Status.WITHDRAWN]


class Nomination(RootRecord):
    """A dossier with which an authority asks the Contact Group to take up one of its cases.

    ``handling`` is that of the case on the day of the nomination. ``outcome`` copies the final decision for lists.
    """

    ROOT_KIND = "nomination"

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.SUBMITTED)
    audience = models.CharField(_("audience"), max_length=12, choices=Audience)
    tool = models.CharField(_("what is asked for"), max_length=24, choices=Tool)
    why = models.TextField(_("why coordination is needed"), max_length=4000)
    support = models.TextField(_("support wanted"), max_length=2000, blank=True)
    handling = ArrayField(models.CharField(max_length=2, choices=HandlingCode), verbose_name=_("handling codes"))
    handling_text = models.CharField(_("other restrictions"), max_length=300, blank=True)
    nominating_authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField()
    nominated_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=30, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = NominationQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["status"], name="contactgroup_nomination_open", condition=~Q(status__in=_OVER)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="contactgroup_nomination_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="contactgroup_nomination_ended_fields_agree",
                condition=Q(status__in=_OVER, ended_at__isnull=False, ended_by__isnull=False)
                | (~Q(status__in=_OVER) & Q(ended_at__isnull=True, ended_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="contactgroup_nomination_outcome_when_decided",
                condition=(Q(status=Status.DECIDED) & ~Q(outcome="")) | (~Q(status=Status.DECIDED) & Q(outcome="")),
            ),
            *handling.constraints("contactgroup_nomination"),
        ]


class CriterionScore(SharedRecord):
    """How far the nominating authority sees a criterion met."""

    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(_("score"), choices=Score)
    comment = models.CharField(_("comment"), max_length=500, blank=True)

    objects = SharedQuerySet["CriterionScore"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "criterion"], name="contactgroup_criterionscore_once"),
            models.CheckConstraint(name="contactgroup_criterionscore_known", condition=Q(score__in=Score.values)),
        ]


class ProposedInvitation(SharedRecord):
    """A partner that is to be invited and the text that it may see. Part of the dossier: the electorate reads it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=200)
    text = models.TextField(_("what the partner may know"), max_length=4000)

    objects = SharedQuerySet["ProposedInvitation"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "partner"], name="contactgroup_proposedinvitation_once"),
        ]


class Elector(SharedRecord):
    """A partner with one voice in this nomination, cast from its Contact Group seat. Fixed when the case is nominated."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")

    objects = ElectorQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "partner"], name="contactgroup_elector_once"),
        ]
