"""Invite a partner, answer, withdraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from cases import notices
from cases import states as case_states
from cases.invitations import states
from cases.invitations.models import Invitation, InvitationSent
from cases.models import Case
from cases.permissions import CasePermission, InvitationPermission
from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Offer
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import OfficeKind, Role
from foundation.tenancy.models import Authority, Membership, Office, Partner
from foundation.workflow.actions import action, declare, follow
from foundation.workflow.refusals import Refusal
from foundation.workflow.states import Transition

declare("cases.invitation.accept", "cases.invitation.decline", "cases.invitation.withdraw")

RESPONSIBLE = frozenset({Role.PROSECUTOR, Role.INVESTIGATOR})
"""Roles that can be named as responsible for a case."""


class UnableToInvite(Refusal):
    """The partner cannot be invited; the message is fit for the user."""


class UnableToAnswer(Refusal):
    """The invitation cannot be answered in this way; the message is fit for the user."""


class UnableToWithdraw(Refusal):
    """The invitation cannot be withdrawn; the message is fit for the user."""


@action
def invite(
    *, case: Case, partner: Partner, purpose: str, text: str, answer_until: datetime, by: Actor, at: datetime
) -> Invitation:
    """Offer the case to a partner and send the invitation, in one transaction, without the Contact Group.

    Who may: managers of the case with cases.invite. Raises Forbidden, TransitionNotAllowed, UnableToInvite.
    """
    case = Case.objects.visible_to(by).with_owner().get(pk=case.pk)
    access.require(by, CasePermission.INVITE, case)
    if case.status not in case_states.INVITING:
        raise UnableToInvite(case_states.NOT_INVITING)
    if partner.pk == case.owner.partner_id:
        raise UnableToInvite(_("This is the case's own partner. Share the case instead."))
    sent = InvitationSent.objects.visible_to(by).of(case.pk).values("invitation")
    if Offer.objects.visible_to(by).standing().filter(root_id=case.pk, partner=partner, invitation__in=sent).exists():
        raise UnableToInvite(_("This partner has an invitation to answer already."))
    key = uuid4()
    access.offer(
        by=by,
        root_id=case.pk,
        partner_id=partner.pk,
        level=Level.CONTRIBUTE,
        invitation=key,
        purpose=purpose,
        until=answer_until,
    )
    return send(
        key=key,
        partner=partner,
        inviting_authority=case.owner,
        case_reference=case.root.reference,
        purpose=purpose,
        handling=case.handling,
        handling_text=case.handling_text,
        text=text,
        answer_until=answer_until,
        by=by,
        at=at,
    )


@action
def send(
    *,
    key: UUID,
    partner: Partner,
    inviting_authority: Authority,
    case_reference: str,
    purpose: str,
    handling: Sequence[str],
    text: str,
    answer_until: datetime,
    by: Actor,
    at: datetime,
    handling_text: str = "",
) -> Invitation:
    """Send the invitation that an offer on the case named by its key; the case's manager made the offer before.

    The invitation holds copies alone. The invited partner's coordinator manages it (and so can show it to the prosecutor whom it
    names); who made the offer and the inviting authority's case registry contribute. Who may: cases.invitation.send, seeing the
    case. Raises Forbidden, UnableToInvite.
    """
    access.require(by, InvitationPermission.SEND)
    offer = (
        Offer.objects.visible_to(by)
        .standing()
        .filter(invitation=key, partner=partner)
        .select_related("offered_by")
        .first()
    )
    if offer is None:
        raise UnableToInvite(
            _("Nothing is offered to this partner. The case's authority decides whom it offers the case to.")
        )
    if answer_until <= at:
        raise UnableToInvite(_("The answer date lies in the past."))
    coordinator = _coordinator(partner)
    reference = access.new_reference("I", at)
    access.open_root(by=by, kind=Invitation.ROOT_KIND, reference=reference, title=purpose[:200], key=key)
    invitation = Invitation(
        root_id=key,
        partner=partner,
        inviting_authority=inviting_authority,
        invited_by=offer.offered_by,
        case_reference=case_reference,
        purpose=purpose[:200],
        handling=sorted(set(handling)),
        handling_text=handling_text,
        text=text,
        answer_until=answer_until,
        sent_at=at,
        sent_by_id=by.membership_id,
    )
    invitation.save(force_insert=True)
    _show(invitation, coordinator, by=by)
    InvitationSent.objects.create(root_id=offer.root_id, invitation=key, partner=partner, sent_at=at)
    access.touch(by=by, root_id=offer.root_id)
    record.changed("cases.invitation.sent", by=by, root=key, purpose=purpose)
    record.changed(
        "cases.partner.invited", by=by, root=offer.root_id, purpose=purpose, changes={"partner": partner.name}
    )
    notices.invited(invitation, coordinator, by=by, at=at)
    return invitation


@action
def accept(
    *,
    invitation: Invitation,
    authority: Authority,
    prosecutor: Membership,
    whole_authority: bool,
    version: int,
    by: Actor,
    at: datetime,
) -> Invitation:
    """Take part: name the authority and the responsible prosecutor, and open the case to them by the offer.

    The case opens to the prosecutor and to the authority's case registry, on request to the whole authority. The coordinator who
    accepts does not see the case by it. Who may: the invited partner's coordinator. Raises Forbidden, StaleVersion,
    TransitionNotAllowed, UnableToAnswer, UnableToShare (the offer does not stand any more).
    """
    invitation = _begin(states.ACCEPT, invitation, version=version, by=by, at=at)
    _demand_own_people(invitation, authority, prosecutor, at)
    principals = [prosecutor.group_id, *_registry(authority.pk)]
    opened = [*principals, authority.group_id] if whole_authority else principals
    access.accept_offer(by=by, invitation=invitation.pk, principals=opened, purpose=invitation.purpose)
    for principal in principals:
        access.grant(by=by, root_id=invitation.pk, principal=principal, level=Level.VIEW, reason=Reason.INVITED)
    invitation.authority, invitation.prosecutor = authority, prosecutor
    changes = {"authority": authority.name, "prosecutor": prosecutor.account.full_name}
    _answer(states.ACCEPT, invitation, ("authority", "prosecutor"), changes, by=by, at=at)
    follow("cases.invitation.accept", invitation=invitation, by=by, at=at)
    return invitation


@action
def decline(*, invitation: Invitation, reason: str, text: str, version: int, by: Actor, at: datetime) -> Invitation:
    """Stay out, for a reason; the offer ends and nothing is opened.

    Who may: the invited partner's coordinator. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToShare.
    """
    invitation = _begin(states.DECLINE, invitation, version=version, by=by, at=at)
    access.decline_offer(by=by, invitation=invitation.pk)
    invitation.decline_reason, invitation.decline_text = reason, text
    _answer(
        states.DECLINE, invitation, ("decline_reason", "decline_text"), {"reason": reason, "text": text}, by=by, at=at
    )
    follow("cases.invitation.decline", invitation=invitation, by=by, at=at)
    return invitation


@action
def withdraw(*, invitation: Invitation, version: int, by: Actor, at: datetime) -> Invitation:
    """Take an unanswered invitation back; its offer ends with it.

    Who may: the inviting side (who made the offer, the inviting authority's registry, who sent it), seeing the case.
    Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToWithdraw.
    """
    invitation = Invitation.objects.visible_to(by).get(pk=invitation.pk)
    access.require(by, InvitationPermission.WITHDRAW, invitation)
    offer = Offer.objects.visible_to(by).filter(invitation=invitation.pk).first()
    if offer is None or by.partner_id == invitation.partner_id:
        raise UnableToWithdraw(_("Only the inviting side can withdraw an invitation."))
    invitation = access.locked(invitation, version=version)
    states.WITHDRAW.check(invitation.status_at(at))
    if offer.withdrawn_at is None:
        access.withdraw_offer(by=by, offer_id=offer.pk)
    invitation.status, invitation.withdrawn_at = states.WITHDRAW.target, at
    invitation.withdrawn_by_id = by.membership_id
    invitation.version += 1
    invitation.save(update_fields=["status", "withdrawn_at", "withdrawn_by", "version"])
    access.touch(by=by, root_id=invitation.pk)
    record.changed("cases.invitation.withdrawn", by=by, root=invitation.pk)
    partner = Partner.objects.get(pk=invitation.partner_id)
    record.changed("cases.partner.uninvited", by=by, root=offer.root_id, changes={"partner": partner.name})
    notices.withdrawn(invitation, _coordinator(partner), by=by, at=at)
    follow("cases.invitation.withdraw", invitation=invitation, by=by, at=at)
    return invitation


def _coordinator(partner: Partner) -> int:
    """The principal that answers for a partner."""
    office = Office.objects.filter(partner=partner, authority=None, kind=OfficeKind.COORDINATOR).first()
    if office is None:
        raise UnableToInvite(_("This partner has no coordinator who could answer an invitation here."))
    return office.group_id


def _show(invitation: Invitation, coordinator: int, *, by: Actor) -> None:
    """Give the coordinator and the inviting side their sight of the invitation."""
    root_id = invitation.pk
    access.grant(by=by, root_id=root_id, principal=coordinator, level=Level.MANAGE, reason=Reason.INVITED)
    # Whoever opens a root manages it already, with the case registry of the own authority.
    for principal in _inviting_side(invitation) - {by.membership_group, *_registry(by.authority_id)}:
        access.grant(by=by, root_id=root_id, principal=principal, level=Level.CONTRIBUTE, reason=Reason.TEAM)


def _inviting_side(invitation: Invitation) -> set[int]:
    """Principals that learn the answer: who offered the case, and the inviting authority's case registry."""
    return {invitation.invited_by.group_id, *_registry(invitation.inviting_authority_id)}


def _registry(authority_id: UUID) -> list[int]:
    """The principal of an authority's case registry; none where it has no such office."""
    offices = Office.objects.filter(authority=authority_id, kind=OfficeKind.CASE_REGISTRY)
    return list(offices.values_list("group_id", flat=True))


def _begin(
    transition: Transition[InvitationPermission], invitation: Invitation, *, version: int, by: Actor, at: datetime
) -> Invitation:
    """Load, require, lock, and check that it is this partner's to answer and still waits."""
    invitation = Invitation.objects.visible_to(by).get(pk=invitation.pk)
    access.require(by, transition.permission, invitation)
    if invitation.partner_id != by.partner_id:
        raise access.Forbidden(_("Only the invited partner's coordinator can answer."))
    invitation = access.locked(invitation, version=version)
    transition.check(invitation.status_at(at))
    return invitation


def _demand_own_people(invitation: Invitation, authority: Authority, prosecutor: Membership, at: datetime) -> None:
    """Raise UnableToAnswer unless the named authority is the partner's and the named person works there now."""
    if authority.partner_id != invitation.partner_id or authority.closed_at is not None:
        raise UnableToAnswer(_("Choose an authority of your own partner."))
    live = Membership.objects.live(at).filter(pk=prosecutor.pk, authority=authority, role__in=RESPONSIBLE)
    if not live.exists():
        raise UnableToAnswer(_("Choose a prosecutor or investigator who works at that authority now."))


def _answer(
    transition: Transition[InvitationPermission],
    invitation: Invitation,
    also: tuple[str, ...],
    changes: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Write the answer, record it, tell the inviting side and the prosecutor."""
    invitation.status, invitation.answered_at = transition.target, at
    invitation.answered_by_id = by.membership_id
    invitation.version += 1
    invitation.save(update_fields=["status", "answered_at", "answered_by", "version", *also])
    access.touch(by=by, root_id=invitation.pk)
    record.changed(f"cases.invitation.{transition.target}", by=by, root=invitation.pk, changes=changes)
    notices.answered(invitation, _inviting_side(invitation), by=by, at=at)
