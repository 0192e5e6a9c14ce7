"""Invitations: roots of their own, made of copies, so that an invited partner learns what was approved and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import DeclineReason, InvitationStatus
from cases.querysets import InvitationQuerySet
from foundation.access.models import RootRecord, SharedRecord
from foundation.access.querysets import SharedQuerySet
from foundation.components import handling
from foundation.components.handling import HandlingCode
from foundation.tenancy.models import Authority, Membership, Partner

_ANSWERED = Q(status__in=[InvitationStatus.ACCEPTED, InvitationStatus.DECLINED])


class Invitation(RootRecord):
    """A partner is asked to take part in a case. Holds copies of what it may know and no key of the case.

    Its key is the key that the case's manager named in the offer; accepting opens the case by that offer.
    """

    ROOT_KIND = "invitation"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited partner"))
    inviting_authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    case_reference = models.CharField(_("case"), max_length=24)
    purpose = models.CharField(_("purpose"), max_length=200)
    handling = ArrayField(models.CharField(max_length=2, choices=HandlingCode), verbose_name=_("handling codes"))
    handling_text = models.CharField(_("other restrictions"), max_length=300, blank=True)
    text = models.TextField(_("what the partner may know"), max_length=4000)
    answer_until = models.DateTimeField(_("answer by"))
    status = models.CharField(max_length=10, choices=InvitationStatus, default=InvitationStatus.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    prosecutor = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    decline_reason = models.CharField(_("reason"), max_length=24, choices=DeclineReason, blank=True)
    decline_text = models.TextField(_("in words"), max_length=1000, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["answer_until", "root"],
                name="cases_invitation_waiting",
                condition=Q(status=InvitationStatus.SENT),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="cases_invitation_answered_fields_agree",
                condition=(_ANSWERED & Q(answered_at__isnull=False, answered_by__isnull=False))
                | (~_ANSWERED & Q(answered_at__isnull=True, answered_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="cases_invitation_accepted_names_people",
                condition=Q(status=InvitationStatus.ACCEPTED, authority__isnull=False, prosecutor__isnull=False)
                | (~Q(status=InvitationStatus.ACCEPTED) & Q(authority__isnull=True, prosecutor__isnull=True)),
            ),
            models.CheckConstraint(
                name="cases_invitation_declined_with_reason",
                condition=(Q(status=InvitationStatus.DECLINED) & ~Q(decline_reason=""))
                | (~Q(status=InvitationStatus.DECLINED) & Q(decline_reason="", decline_text="")),
            ),
            models.CheckConstraint(
                name="cases_invitation_withdrawn_fields_agree",
                condition=Q(status=InvitationStatus.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | (~Q(status=InvitationStatus.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="cases_invitation_lapsed_is_derived", condition=~Q(status=InvitationStatus.LAPSED)
            ),
            *handling.constraints("cases_invitation"),
        ]

    def status_at(self, at: datetime) -> InvitationStatus:
        """The status at that moment: a sent invitation lapses by the clock."""
        if self.status == InvitationStatus.SENT and self.answer_until <= at:
            return InvitationStatus.LAPSED
        return InvitationStatus(self.status)


class InvitationSent(SharedRecord):
    """Under the case's root: this invitation went out. The key is plain, so that only who sees both finds from one to the other."""

    invitation = models.UUIDField(unique=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    objects = SharedQuerySet["InvitationSent"].as_manager()
