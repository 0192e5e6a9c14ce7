"""A joint investigation team: a root of its own, and the link to its case under that root."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.access.models import RootRecord, SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.components import handling
from foundation.components.handling import HandlingCode
from foundation.tenancy.models import Authority, Membership
from jits.choices import OVER, Obstacle, Status, Trigger
from jits.querysets import JitQuerySet

LONGEST_MONTHS = 60
_OVER = sorted(OVER)


class Jit(RootRecord):
    """A team from the idea to the drafting of its agreement. It holds copies of what its parties may read and no key of the case.

    ``handling`` is that of the case on the day of the idea. ``purpose`` to ``months`` are the request (Article 20 of the Second
    Additional Protocol to the 1959 Convention): the particulars of a request for assistance, and proposals for the composition.
    """

    ROOT_KIND = "jit"

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.IDEA)
    trigger = models.CharField(_("ground"), max_length=12, choices=Trigger)
    purpose = models.TextField(_("purpose of the team"), max_length=4000)
    facts = models.TextField(_("offences and facts"), max_length=6000)
    composition = models.TextField(_("proposed composition"), max_length=4000)
    months = models.PositiveSmallIntegerField(
        _("duration in months"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MONTHS)]
    )
    handling = ArrayField(models.CharField(max_length=2, choices=HandlingCode), verbose_name=_("handling codes"))
    handling_text = models.CharField(_("other restrictions"), max_length=300, blank=True)
    proposing_authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    suspended_from = models.CharField(max_length=12, choices=Status, blank=True)
    suspended_because = models.TextField(_("why it is suspended"), max_length=1000, blank=True)
    obstacle = models.CharField(_("why it is not set up"), max_length=20, choices=Obstacle, blank=True)
    obstacle_text = models.TextField(_("in words"), max_length=2000, blank=True)
    parallel = models.BooleanField(_("the proceedings go on side by side"), default=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = JitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="jits_jit_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="jits_jit_months_within_reason", condition=Q(months__gte=1, months__lte=LONGEST_MONTHS)
            ),
            models.CheckConstraint(
                name="jits_jit_proposed_fields_agree",
                condition=Q(proposed_at__isnull=True, proposed_by__isnull=True, status__in=[Status.IDEA, *_OVER])
                | (Q(proposed_at__isnull=False, proposed_by__isnull=False) & ~Q(status=Status.IDEA)),
            ),
            models.CheckConstraint(
                name="jits_jit_suspended_fields_agree",
                condition=(Q(status=Status.SUSPENDED) & ~Q(suspended_from="") & ~Q(suspended_because=""))
                | (~Q(status=Status.SUSPENDED) & Q(suspended_from="", suspended_because="")),
            ),
            models.CheckConstraint(
                name="jits_jit_ended_fields_agree",
                condition=(Q(status__in=_OVER, ended_at__isnull=False, ended_by__isnull=False) & ~Q(obstacle=""))
                | (~Q(status__in=_OVER) & Q(ended_at__isnull=True, ended_by__isnull=True, obstacle="")),
            ),
            models.CheckConstraint(
                name="jits_jit_ends_after_it_was_opened",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("opened_at")),
            ),
            *handling.constraints("jits_jit"),
        ]


class JitCase(SharedRecord):
    """The case that a team is about: its plain key, under the team's root.

    The team is the more secret of the two, since its parties are some of the case's partners: whoever sees the case alone finds
    nothing here, and whoever sees the team alone finds a key that opens nothing.
    """

    case = models.UUIDField(db_index=True)

    objects = SharedQuerySet["JitCase"].as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["root", "case"], name="jits_jitcase_once")]
