"""The case."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import Stage, Status, Urgency
from cases.models.reference import CrimeType, Priority
from cases.querysets import CaseQuerySet
from foundation.access.models import RootRecord, SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.components import handling
from foundation.components.handling import HandlingCode
from foundation.tenancy.models import Authority, Membership, Partner

_ENDED = Q(status__in=[Status.CLOSED, Status.ARCHIVED])


def unrestricted() -> list[str]:
    """What a new case is marked with."""
    return [HandlingCode.H0.value]


class Case(RootRecord):
    """A cross-border criminal case that an authority brings to others. Reference and title stand on its root.

    The summary carries no personal data. Status is set by actions alone.
    """

    ROOT_KIND = "case"

    owner = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner authority"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    summary = models.TextField(_("summary"), max_length=4000)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.INVESTIGATION)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.NORMAL)
    handling = ArrayField(
        models.CharField(max_length=2, choices=HandlingCode), verbose_name=_("handling codes"), default=unrestricted
    )
    handling_text = models.CharField(_("other restrictions"), max_length=300, blank=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="cases_case_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="cases_case_opened_fields_agree",
                condition=Q(status=Status.DRAFT, opened_at__isnull=True, opened_by__isnull=True)
                | (~Q(status=Status.DRAFT) & Q(opened_at__isnull=False, opened_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="cases_case_closed_fields_agree",
                condition=(_ENDED & Q(closed_at__isnull=False, closed_by__isnull=False))
                | (~_ENDED & Q(closed_at__isnull=True, closed_by__isnull=True)),
            ),
            *handling.constraints("cases_case"),
        ]


class CaseCrimeType(SharedRecord):
    """A form of serious crime that the case is about."""

    crime_type = models.ForeignKey(CrimeType, on_delete=models.PROTECT, related_name="+")

    objects = SharedQuerySet["CaseCrimeType"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "crime_type"], name="cases_casecrimetype_once"),
        ]


class CasePriority(SharedRecord):
    """A European Union priority that the case serves."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="+")

    objects = SharedQuerySet["CasePriority"].as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["root", "priority"], name="cases_casepriority_once")]


class ConcernedPartner(SharedRecord):
    """A partner or EU Member State that the case reaches into. Says nothing about who sees the case."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")

    objects = SharedQuerySet["ConcernedPartner"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "partner"], name="cases_concernedpartner_once")
        ]
