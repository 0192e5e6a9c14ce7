"""What every appointment has in common: whose it is to administer, when it begins and how it ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from foundation import access
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership, OfficeHolder
from foundation.workflow.refusals import Refusal
from partners.permissions import PartnerPermission
from partners.second_person import UnableToConfirm


class UnableToEnd(Refusal):
    """The appointment has ended already, or may not end; the message is fit for the user."""


class BadPeriod(Refusal):
    """The period lies in the past or runs backward; the message is fit for the user."""


def require_administrator(by: Actor, partner_id: UUID) -> None:
    """The administrator of that very partner, or Forbidden."""
    access.require(by, PartnerPermission.ADMINISTER)
    if by.partner_id != partner_id:
        raise access.Forbidden(_("You administer the people of your own partner only."))


def period(at: datetime, starts_at: datetime | None, ends_at: datetime | None) -> tuple[datetime, datetime | None]:
    """The period of a new appointment; it never begins before it is proposed, so that nobody was ever there in hindsight."""
    begins = starts_at or at
    if begins < at:
        raise BadPeriod(_("An appointment cannot begin in the past."))
    if ends_at is not None and ends_at <= begins:
        raise BadPeriod(_("The end must lie after the beginning."))
    return begins, ends_at


def over(appointment: Membership | OfficeHolder, at: datetime) -> bool:
    """Ended, refused or withdrawn at that moment, or never to begin."""
    ends_at = appointment.ends_at
    return ends_at is not None and (ends_at <= at or ends_at <= appointment.starts_at)


def set_end(appointment: Membership | OfficeHolder, *, at: datetime, ends_at: datetime | None) -> None:
    """Write the end: now or at a later moment, never before the beginning. Raises UnableToEnd."""
    if over(appointment, at):
        raise UnableToEnd(_("This has ended already."))
    ends = max(ends_at or at, appointment.starts_at)
    if ends < at:
        raise UnableToEnd(_("An end cannot lie in the past."))
    if appointment.ends_at is not None and ends > appointment.ends_at:
        raise UnableToEnd(_("An end can be brought forward, never put off. Propose a new appointment instead."))
    appointment.ends_at = ends
    appointment.save(update_fields=["ends_at"])


def require_waiting(appointment: Membership | OfficeHolder, at: datetime) -> None:
    """Neither confirmed nor over, or UnableToConfirm."""
    if appointment.confirmed_at is not None or over(appointment, at):
        raise UnableToConfirm(_("This was answered or ended in the meantime."))
