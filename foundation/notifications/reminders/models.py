"""Reminders as rows, what the planner goes by, and the dated rows that staff set.

Reminders hold keys and instants only, as jobs do: what an obligation says is read through the recipient's walls when it is given.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.tenancy.models import Membership, Partner

WAITING = Q(ended_at__isnull=True, failed_at__isnull=True)


class Outcome(models.TextChoices):
    """How a reminder ended."""

    GIVEN = "given", _("Given")
    FINISHED = "finished", _("Nothing waits any more")
    MOVED = "moved", _("The date moved")
    CANCELLED = "cancelled", _("No longer planned")
    NOT_ENTITLED = "not_entitled", _("Does not wait for this person any more")


class Reminder(models.Model):
    """One reminder of one obligation for one membership: planned, moved, given once, or ended in sight.

    ``days`` before the due instant is the offset that it follows from. ``held_until``: a worker is at it, or it rests after an error.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    obligation = models.UUIDField(help_text=_("Key of the row that has the date."))
    root = models.UUIDField(null=True)
    account = models.UUIDField()
    membership = models.UUIDField()
    days = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(help_text=_("The date of the obligation."))
    given_at = models.DateTimeField(help_text=_("When the reminder is to be given."))
    planned_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=80, blank=True)
    notice = models.UUIDField(null=True, unique=True, help_text=_("Key of the line in the inbox."))

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["given_at"], condition=WAITING, name="notifications_remind_waiting"),
            models.Index(
                fields=["failed_at"], condition=Q(failed_at__isnull=False), name="notifications_remind_failed"
            ),
            models.Index(fields=["ended_at"], condition=Q(outcome=Outcome.GIVEN), name="notifications_remind_given"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obligation", "membership", "kind", "due_at", "days"], name="notifications_reminder_once"
            ),
            models.CheckConstraint(
                name="notifications_reminder_ends_once",
                condition=Q(ended_at__isnull=True) | Q(failed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="notifications_reminder_given_has_notice",
                condition=Q(outcome=Outcome.GIVEN, notice__isnull=False, ended_at__isnull=False)
                | (~Q(outcome=Outcome.GIVEN) & Q(notice__isnull=True)),
            ),
        ]


class ChangeQuerySet(models.QuerySet["Change"]):
    def ripe(self, at: datetime) -> Self:
        """To be planned by now."""
        return self.filter(Q(ripe_at__isnull=True) | Q(ripe_at__lte=at))


class Change(models.Model):
    """Something that may move reminders: noted by triggers in the transaction of the change, forgotten when it was planned.

    Of an obligation, of everything under a root, or of everything that waits for a principal. ``ripe_at``: an appointment begins and
    ends by the clock; what is ripe at once has none.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60, blank=True)
    obligation = models.UUIDField(null=True)
    root = models.UUIDField(null=True)
    principal = models.IntegerField(null=True)
    ripe_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=80, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ripe_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notifications_change_of_one_thing",
                condition=Q(obligation__isnull=False, root__isnull=True, principal__isnull=True)
                | Q(obligation__isnull=True, root__isnull=False, principal__isnull=True)
                | Q(obligation__isnull=True, root__isnull=True, principal__isnull=False),
            ),
        ]


class Planned(models.Model):
    """How far the planner has come with one kind: every obligation due until then, up to that key, has its reminders."""

    kind = models.CharField(primary_key=True, max_length=60)
    due_at = models.DateTimeField()
    obligation = models.UUIDField()
    planned_at = models.DateTimeField(help_text=_("When it was last up with the horizon."))


class OffsetQuerySet(models.QuerySet["Offset"]):
    def standing(self) -> Self:
        """Without those that were withdrawn before they began."""
        return self.filter(withdrawn_at__isnull=True)


class Offset(models.Model):
    """Reference data: reminders of this kind are given so many days before, from one day to another (days of the reminder).

    Begins after the day on which it was set and is never changed but by its end. ``set_at`` is empty for what comes with the product.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    days = models.PositiveSmallIntegerField(_("days before"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    set_at = models.DateTimeField(null=True)
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OffsetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notifications_offset_period_runs_forward",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(name="notifications_offset_within_a_quarter", condition=Q(days__lte=90)),
            models.CheckConstraint(
                name="notifications_offset_withdrawn_fields_agree",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]


class WorkingHoursQuerySet(models.QuerySet["WorkingHours"]):
    def for_partners(self, partners: Iterable[UUID]) -> Self:
        """Those of these partners and those of everybody."""
        return self.filter(Q(partner__isnull=True) | Q(partner__in=list(partners)))


class WorkingHours(models.Model):
    """Reference data: when people of a partner may be disturbed, from a day on; without a partner, of all without own rows.

    Times are local to each reader. ``reminds`` is when the reminders of a day are given.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("valid from"))
    opens = models.TimeField(_("quiet until"))
    closes = models.TimeField(_("quiet from"))
    reminds = models.TimeField(_("reminders at"))
    days = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("working days"))
    set_at = models.DateTimeField(null=True)
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = WorkingHoursQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "valid_from"], name="notifications_workinghours_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="notifications_workinghours_run_forward",
                condition=Q(opens__lte=F("reminds"), closes__gt=F("reminds")),
            ),
            models.CheckConstraint(
                name="notifications_workinghours_days_known",
                condition=Q(days__contained_by=[1, 2, 3, 4, 5, 6, 7], days__len__gte=1),
            ),
        ]


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def standing(self) -> Self:
        """Without those that were struck out."""
        return self.filter(struck_at__isnull=True)


class Holiday(models.Model):
    """Reference data: a public holiday of a partner. Struck out, never deleted, so that loading does not bring it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("source"), max_length=120, blank=True)
    set_at = models.DateTimeField(null=True)
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = HolidayQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "day"], name="notifications_holiday_once"),
            models.CheckConstraint(
                name="notifications_holiday_struck_fields_agree",
                condition=Q(struck_at__isnull=True, struck_by__isnull=True)
                | Q(struck_at__isnull=False, struck_by__isnull=False),
            ),
        ]
