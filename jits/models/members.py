"""The annex of members: who is in the team for which party, from when to when. It changes without reopening the agreement."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from foundation.access.models import SharedRecord
from foundation.reference.models import Days, KeyRange
from foundation.tenancy.models import Membership, Partner
from jits.choices import MemberAct, MemberRole
from jits.models.parties import JitParty
from jits.querysets import JitMemberIdentityQuerySet, JitMemberNoticeQuerySet, JitMemberQuerySet


class JitMember(SharedRecord):
    """A member of the team. ``name`` is empty for a protected identity, which the other parties know by its number alone.

    The days are those of the membership, both included, in UTC. ``seconded_to`` is where a seconded member works.
    """

    number = models.PositiveSmallIntegerField(_("number"))
    party = models.ForeignKey(JitParty, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(_("role"), max_length=10, choices=MemberRole)
    name = models.CharField(_("name"), max_length=200, blank=True)
    authority = models.CharField(_("authority"), max_length=200)
    seconded_to = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    from_date = models.DateField(_("from"))
    until_date = models.DateField(_("until"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = JitMemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "number"], name="jits_jitmember_number_once"),
            models.CheckConstraint(name="jits_jitmember_role_known", condition=Q(role__in=MemberRole.values)),
            models.CheckConstraint(
                name="jits_jitmember_period_runs_forward",
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
            ),
            models.CheckConstraint(
                name="jits_jitmember_seconded_somewhere",
                condition=Q(role=MemberRole.SECONDED, seconded_to__isnull=False)
                | (~Q(role=MemberRole.SECONDED) & Q(seconded_to__isnull=True)),
            ),
            ExclusionConstraint(
                name="jits_jitmember_one_leader_of_a_party",
                expressions=[
                    (KeyRange(Cast("party", models.TextField())), RangeOperators.OVERLAPS),
                    (Days("from_date", "until_date"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role=MemberRole.LEADER),
            ),
        ]

    @property
    def protected(self) -> bool:
        """Do the other parties know this member by its number alone?"""
        return not self.name


class JitMemberIdentity(SharedRecord):
    """Who a protected member is: for the member's own partner alone. Written once."""

    member = models.OneToOneField(JitMember, on_delete=models.PROTECT, related_name="identity")
    name = models.CharField(_("name"), max_length=200)

    objects = JitMemberIdentityQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="jits_jitmemberidentity_never_for_everyone", condition=Q(audience__isnull=False)
            ),
        ]


class JitMemberNotice(SharedRecord):
    """Notice of a change of the annex, as the other parties were told it. Written once."""

    member = models.ForeignKey(JitMember, on_delete=models.PROTECT, related_name="notices")
    act = models.CharField(max_length=8, choices=MemberAct)
    day = models.DateField()
    text = models.TextField(_("words to the parties"), max_length=1000, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = JitMemberNoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="jits_jitmembernotice_act_known", condition=Q(act__in=MemberAct.values)),
        ]
