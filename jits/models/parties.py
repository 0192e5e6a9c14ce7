"""Who is in a team: its parties, who will sign, and its participants, who will not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.access.models import Share, SharedRecord
from foundation.tenancy.models import Authority, Membership, Office, Partner
from jits.querysets import JitParticipantQuerySet, JitPartyQuerySet


class JitParty(SharedRecord):
    """A partner that is asked to be a party, through the authority of it that works on the case; and that it agreed in principle."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = JitPartyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "partner"], name="jits_jitparty_once"),
            models.CheckConstraint(
                name="jits_jitparty_agreed_fields_agree",
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
        ]


class JitParticipant(SharedRecord):
    """An office that takes part and is no party, such as Eurojust's case desk. ``share`` is its sight, which ends with its part."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(_("what for"), max_length=300)
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = JitParticipantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["root", "office"], condition=Q(ended_at__isnull=True), name="jits_jitparticipant_once"
            ),
            models.CheckConstraint(
                name="jits_jitparticipant_ended_fields_agree",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
