"""Memberships: proposed by the partner's administrator, answered by a second person, ended, never edited."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.components import formats
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Account, Authority, Membership, OfficeHolder
from foundation.workflow.actions import action
from partners import rules, second_person
from partners.actions import accounts, periods
from partners.actions.accounts import UnableToInvite
from partners.permissions import PartnerPermission


@action
def invite(
    *,
    by: Actor,
    at: datetime,
    authority_id: UUID,
    email: str,
    full_name: str,
    role: str,
    function: str = "",
    language: str = "en",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Membership:
    """Propose a person for an authority; an address without an account gets one.

    The membership gives nothing until a second person has confirmed it, unless it is a founding one (docs/partners.md). Who may: the
    partner's administrator, for others. Raises Forbidden, UnableToInvite, BadPeriod.
    """
    authority = open_authority(authority_id)
    periods.require_administrator(by, authority.partner_id)
    account = accounts.account_for(email=email, full_name=full_name, language=language, authority=authority)
    return propose(
        by=by,
        at=at,
        authority=authority,
        account=account,
        role=role,
        function=function,
        begins=periods.period(at, starts_at, ends_at),
    )


@action
def move(
    *,
    by: Actor,
    at: datetime,
    membership_id: UUID,
    authority_id: UUID,
    role: str,
    function: str = "",
    starts_at: datetime | None = None,
) -> Membership:
    """End a membership and propose the same person anew, at another authority or in another role.

    No share is touched: who is moved loses the sight that came with the old place at that moment, and gains that of the new one when
    it is confirmed. Who may: the partner's administrator, within the partner, for others.

    Raises Forbidden, UnableToEnd, UnableToInvite.
    """
    authority = open_authority(authority_id)
    periods.require_administrator(by, authority.partner_id)
    begins = periods.period(at, starts_at, None)
    old = end_membership(by=by, at=at, membership_id=membership_id, ends_at=begins[0])
    return propose(by=by, at=at, authority=authority, account=old.account, role=role, function=function, begins=begins)


def open_authority(authority_id: UUID) -> Authority:
    """The authority, locked. Raises UnableToInvite for one that is closed. Part of other actions."""
    authority = Authority.objects.select_related("partner").select_for_update(of=("self",)).get(pk=authority_id)
    if authority.closed_at is not None:
        raise UnableToInvite(_("This authority is closed, or its end is set: nobody new is appointed there."))
    return authority


def propose(
    *,
    by: Actor | None,
    at: datetime,
    authority: Authority,
    account: Account,
    role: str,
    function: str,
    begins: tuple[datetime, datetime | None],
) -> Membership:
    """Write a proposal, or a founding membership where there is nobody to confirm it and nothing to see. Part of other actions."""
    starts_at, ends_at = begins
    if by is not None and account.pk == by.account_id:
        raise UnableToInvite(_("Nobody appoints themselves."))
    if authority.opens_at is not None and starts_at < authority.opens_at:
        raise UnableToInvite(
            _("This authority begins on %(day)s, and nobody is appointed there before.")
            % {"day": formats.day(timezone.localdate(authority.opens_at))}
        )
    if role not in rules.roles_of(authority.partner.kind, account.kind):
        raise UnableToInvite(_("People or systems of this partner cannot have that role."))
    if Membership.objects.overlapping(starts_at, ends_at).filter(account=account, authority=authority).exists():
        raise UnableToInvite(_("This person has, or is proposed for, a membership of this authority at that time."))
    founding = second_person.may_found(by=by, subject=account.pk, authority_id=authority.pk)
    with second_person.in_our_words():
        membership = Membership.objects.create(
            account=account,
            authority=authority,
            role=role,
            function=function,
            starts_at=starts_at,
            ends_at=ends_at,
            proposed_at=at,
            proposed_by_id=None if by is None else by.membership_id,
            confirmed_at=at if founding else None,
            founding=founding,
        )
    if by is not None:
        verb = "partners.membership.founded" if founding else "partners.membership.proposed"
        record.happened(verb, by=by, root=membership.pk)
    if founding:
        _begin(membership, at)
    return membership


def _begin(membership: Membership, at: datetime) -> None:
    """What follows when a membership stands: the door of the console for project staff, the welcome for newcomers."""
    if membership.role in rules.OPENS_CONSOLE:
        account = accounts.locked_account(membership.account_id)
        account.is_staff = True
        account.save(update_fields=["is_staff"])
    accounts.welcome(membership, at)


@action
def confirm_membership(*, by: Actor, at: datetime, membership_id: UUID) -> Membership:
    """Confirm a proposed membership as the second person.

    Who may: a live member of the same authority (where there is none, of the same partner) who is neither the person nor the proposer.
    Raises Forbidden, UnableToConfirm.
    """
    membership = _answerable(by=by, at=at, membership_id=membership_id)
    membership.confirmed_at, membership.confirmed_by_id = at, by.membership_id
    with second_person.in_our_words():
        membership.save(update_fields=["confirmed_at", "confirmed_by"])
    record.happened("partners.membership.confirmed", by=by, root=membership.pk)
    _begin(membership, at)
    return membership


@action
def refuse_membership(*, by: Actor, at: datetime, membership_id: UUID) -> Membership:
    """Refuse a proposed membership: it ends without having begun. Who may: whoever might confirm it."""
    membership = _answerable(by=by, at=at, membership_id=membership_id)
    periods.set_end(membership, at=at, ends_at=at)
    record.happened("partners.membership.refused", by=by, root=membership.pk)
    return membership


def _answerable(*, by: Actor, at: datetime, membership_id: UUID) -> Membership:
    own = Membership.objects.filter(authority__partner_id=by.partner_id)
    own.get(pk=membership_id)
    access.require(by, PartnerPermission.CONFIRM)
    membership = own.select_related("account").select_for_update(of=("self",)).get(pk=membership_id)
    periods.require_waiting(membership, at)
    if not second_person.memberships_to_confirm(by, at).filter(pk=membership_id).exists():
        raise access.Forbidden(_("A second person of the authority confirms: neither the person nor who proposed it."))
    return membership


@action
def end_membership(*, by: Actor, at: datetime, membership_id: UUID, ends_at: datetime | None = None) -> Membership:
    """End a membership, now or later, and with it the offices held through it; a proposal is withdrawn.

    Who may: the partner's administrator. Raises Forbidden, UnableToEnd (has ended; the partner's last administrator).
    """
    found = Membership.objects.select_related("authority").get(pk=membership_id)
    periods.require_administrator(by, found.authority.partner_id)
    membership = (
        Membership.objects.select_related("account", "authority").select_for_update(of=("self",)).get(pk=found.pk)
    )
    _keep_an_administrator(membership, at)
    periods.set_end(membership, at=at, ends_at=ends_at)
    ends = membership.ends_at or at
    for holder in OfficeHolder.objects.overlapping(ends, None).filter(membership=membership):
        periods.set_end(holder, at=at, ends_at=ends)
    record.happened("partners.membership.ended", by=by, root=membership.pk)
    return membership


def _keep_an_administrator(membership: Membership, at: datetime) -> None:
    """A partner without an administrator could not get one from within."""
    if membership.role != Role.PARTNER_ADMINISTRATOR or membership.confirmed_at is None:
        return
    # One at a time per partner, so that two who leave at once do not both count on the other.
    partner_id = membership.authority.partner_id
    administrators = Membership.objects.live(at).filter(
        authority__partner_id=partner_id, role=Role.PARTNER_ADMINISTRATOR, ends_at=None, account__is_active=True
    )
    lasting = administrators.select_for_update(of=("self",)).values_list("pk", flat=True)
    if not set(lasting) - {membership.pk}:
        raise periods.UnableToEnd(_("A partner never loses its last administrator. Appoint another one first."))
