"""Offices: who holds them is proposed, answered and ended like a membership; seats are limited by dated rules."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership, Office, OfficeHolder
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal
from partners import rules, second_person
from partners.actions import periods
from partners.models import SeatRule
from partners.permissions import PartnerPermission


class UnableToAppoint(Refusal):
    """This person cannot hold this office; the message is fit for the user."""


@action
def appoint(
    *,
    by: Actor,
    at: datetime,
    office_id: UUID,
    membership_id: UUID,
    capacity: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> OfficeHolder:
    """Propose that a membership holds an office.

    Who may: the partner's administrator, for others. Raises Forbidden, UnableToAppoint (not of that authority, a seat too many),
    BadPeriod.
    """
    office = Office.objects.select_for_update(of=("self",)).get(pk=office_id)
    periods.require_administrator(by, office.partner_id)
    begins, ends = periods.period(at, starts_at, ends_at)
    membership = Membership.objects.select_related("account", "authority").get(pk=membership_id)
    _check_person(office, membership, by=by, begins=begins)
    _check_capacity(office, capacity, begins=begins, ends=ends, newcomers=1)
    held = OfficeHolder.objects.overlapping(begins, ends).filter(office=office)
    if held.filter(membership__account_id=membership.account_id).exists():
        raise UnableToAppoint(_("This person holds, or is proposed for, this office at that time."))
    return _write(by=by, at=at, office=office, membership=membership, capacity=capacity, period=(begins, ends))


def _write(
    *,
    by: Actor,
    at: datetime,
    office: Office,
    membership: Membership,
    capacity: str,
    period: tuple[datetime, datetime | None],
) -> OfficeHolder:
    founding = second_person.may_found(by=by, subject=membership.account_id, office_id=office.pk)
    with second_person.in_our_words():
        holder = OfficeHolder.objects.create(
            office=office,
            membership=membership,
            capacity=capacity,
            starts_at=period[0],
            ends_at=period[1],
            proposed_at=at,
            proposed_by_id=by.membership_id,
            confirmed_at=at if founding else None,
            founding=founding,
        )
    verb = "partners.office.founded" if founding else "partners.office.proposed"
    record.happened(verb, by=by, root=holder.pk)
    return holder


def _check_person(office: Office, membership: Membership, *, by: Actor, begins: datetime) -> None:
    if membership.account_id == by.account_id:
        raise UnableToAppoint(_("Nobody appoints themselves."))
    of_office = membership.authority.partner_id == office.partner_id and office.authority_id in (
        None,
        membership.authority_id,
    )
    if not of_office:
        raise UnableToAppoint(_("An office is held by people of its own partner or authority."))
    if membership.account.kind not in rules.held_by(office.kind):
        raise UnableToAppoint(_("A system votes on nothing: this office is held by people."))
    if membership.confirmed_at is None or periods.over(membership, begins) or membership.starts_at > begins:
        raise UnableToAppoint(_("This membership does not stand at the beginning of the appointment."))


def _check_capacity(office: Office, capacity: str, *, begins: datetime, ends: datetime | None, newcomers: int) -> None:
    if capacity not in rules.capacities_of(office.kind):
        raise UnableToAppoint(_("This office is not held in that capacity."))
    rule = SeatRule.objects.in_force(begins.date()).filter(office_kind=office.kind, capacity=capacity).first()
    if rule is None:
        return
    held = OfficeHolder.objects.overlapping(begins, ends).filter(office=office, capacity=capacity)
    if held.count() + newcomers > rule.at_most:
        raise UnableToAppoint(
            _("At most %(number)d people at once hold this office in that capacity. End an appointment first.")
            % {"number": rule.at_most}
        )


@action
def confirm_holder(*, by: Actor, at: datetime, holder_id: UUID) -> OfficeHolder:
    """Confirm an appointment to an office as the second person.

    Who may: a live member of the office's authority (of a partner's office: of the partner) who is neither the person nor the
    proposer. Raises Forbidden, UnableToConfirm, UnableToAppoint (a seat too many by now).
    """
    holder = _answerable(by=by, at=at, holder_id=holder_id)
    _check_capacity(holder.office, holder.capacity, begins=holder.starts_at, ends=holder.ends_at, newcomers=0)
    holder.confirmed_at, holder.confirmed_by_id = at, by.membership_id
    with second_person.in_our_words():
        holder.save(update_fields=["confirmed_at", "confirmed_by"])
    record.happened("partners.office.confirmed", by=by, root=holder.pk)
    return holder


@action
def refuse_holder(*, by: Actor, at: datetime, holder_id: UUID) -> OfficeHolder:
    """Refuse an appointment to an office. Who may: whoever might confirm it."""
    holder = _answerable(by=by, at=at, holder_id=holder_id)
    periods.set_end(holder, at=at, ends_at=at)
    record.happened("partners.office.refused", by=by, root=holder.pk)
    return holder


def _answerable(*, by: Actor, at: datetime, holder_id: UUID) -> OfficeHolder:
    own = OfficeHolder.objects.filter(office__partner_id=by.partner_id)
    found = own.get(pk=holder_id)
    access.require(by, PartnerPermission.CONFIRM)
    # The office first, as in appoint(), so that two acts never wait for one another.
    office = Office.objects.select_for_update(of=("self",)).get(pk=found.office_id)
    holder = own.select_for_update(of=("self",)).get(pk=holder_id)
    holder.office = office
    periods.require_waiting(holder, at)
    if not second_person.holders_to_confirm(by, at).filter(pk=holder_id).exists():
        raise access.Forbidden(_("A second person confirms: neither the person nor who proposed it."))
    return holder


@action
def end_holder(*, by: Actor, at: datetime, holder_id: UUID, ends_at: datetime | None = None) -> OfficeHolder:
    """End an appointment to an office, now or later; a proposal is withdrawn. Who may: the partner's administrator."""
    found = OfficeHolder.objects.select_related("office").get(pk=holder_id)
    periods.require_administrator(by, found.office.partner_id)
    holder = OfficeHolder.objects.select_related("office").select_for_update(of=("self",)).get(pk=holder_id)
    periods.set_end(holder, at=at, ends_at=ends_at)
    record.happened("partners.office.ended", by=by, root=holder.pk)
    return holder
