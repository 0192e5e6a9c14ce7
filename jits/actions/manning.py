"""The annex of members: each party says who is in the team for it. Every change is a notice to the others."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.components import formats
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Partner
from foundation.workflow.actions import action
from jits import notices, states
from jits.actions.loading import jit_for
from jits.choices import MemberAct, MemberRole
from jits.models import Jit, JitMember, JitMemberIdentity, JitMemberNotice, JitParty
from jits.queries.parties import own_party
from jits.refusals import UnableToEnter


@action
def enter_member(
    *,
    jit: Jit,
    role: str,
    name: str,
    protected: bool,
    authority: str,
    seconded_to: Partner | None,
    from_date: date,
    until_date: date | None,
    text: str,
    version: int,
    by: Actor,
    at: datetime,
) -> JitMember:
    """Enter a member for the own party, from that day on; the other parties are given notice, and the agreement stays as it is.

    A protected member is a number to the others: the name, if one is given, stands in a row that only the own partner reads. A party
    has one leader at a time; a seconded member works in the territory of another party. Who may: each party, with manage. Raises
    Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToEnter.
    """
    jit, party = jit_for(states.ENTER, jit, version=version, by=by)
    if not name and not protected:
        raise UnableToEnter(_("Name the member, or say that the identity is protected."))
    _demand_place(jit, party, role, seconded_to, by=by)
    member = JitMember(
        root_id=jit.pk,
        number=_next_number(jit, by=by),
        party=party,
        role=role,
        name="" if protected else name,
        authority=authority,
        seconded_to=seconded_to,
        from_date=from_date,
        until_date=until_date,
    )
    _demand_forward(member)
    _demand_free(member, by=by)
    member.save(force_insert=True)
    if protected and name:
        JitMemberIdentity.objects.create(root_id=jit.pk, audience_id=by.partner_group, member=member, name=name)
    _give_notice(member, MemberAct.ENTERED, from_date, text, by=by, at=at)
    record.changed("jits.member.entered", by=by, root=jit.pk, changes={"number": member.number, "role": role})
    notices.tell_parties(notices.MEMBER_ENTERED, jit=jit, by=by, at=at)
    return member


@action
def end_member(*, member: JitMember, until_date: date, text: str, version: int, by: Actor, at: datetime) -> JitMember:
    """Say which is the last day of a member of the own party; the other parties are given notice.

    Who may: the member's party, with manage. Raises JitMember.DoesNotExist, Forbidden, StaleVersion, TransitionNotAllowed,
    UnableToDecide, UnableToEnter.
    """
    member = JitMember.objects.visible_to(by).with_names().get(pk=member.pk)
    jit = Jit.objects.visible_to(by).get(pk=member.root_id)
    access.require(by, states.END_MEMBER.permission, jit)
    states.END_MEMBER.check(jit.status)
    party = own_party(jit, by=by)
    states.demand_turn(states.END_MEMBER, jit, party)
    if party is None or member.party_id != party.pk:
        raise UnableToEnter(_("Only the party that entered the member ends the membership."))
    member = access.locked(member, version=version)
    member.until_date, member.version = until_date, member.version + 1
    _demand_forward(member)
    _demand_free(member, by=by)
    member.save(update_fields=["until_date", "version"])
    _give_notice(member, MemberAct.ENDED, until_date, text, by=by, at=at)
    record.changed("jits.member.ended", by=by, root=jit.pk, changes={"number": member.number})
    notices.tell_parties(notices.MEMBER_ENDED, jit=jit, by=by, at=at)
    return member


def _demand_place(jit: Jit, party: JitParty, role: str, seconded_to: Partner | None, *, by: Actor) -> None:
    """Raise UnableToEnter unless a seconded member, and nobody else, has another party of the team to work with."""
    if role != MemberRole.SECONDED:
        if seconded_to is not None:
            raise UnableToEnter(_("Only a seconded member works in the territory of another party."))
        return
    others = JitParty.objects.visible_to(by).of(jit.pk).exclude(pk=party.pk)
    if seconded_to is None or not others.filter(partner=seconded_to).exists():
        raise UnableToEnter(
            _("Choose the party in whose territory the seconded member works: another one of this team.")
        )


def _demand_forward(member: JitMember) -> None:
    """Raise UnableToEnter where the last day lies before the first."""
    if member.until_date is not None and member.until_date < member.from_date:
        told = {"day": formats.day(member.from_date)}
        raise UnableToEnter(_("The last day cannot lie before the first, %(day)s.") % told)


def _demand_free(member: JitMember, *, by: Actor) -> None:
    """Raise UnableToEnter where the party has another leader on one of these days."""
    if member.role != MemberRole.LEADER:
        return
    rivals = JitMember.objects.visible_to(by).of(member.root_id).filter(party=member.party_id, role=member.role)
    rivals = rivals.exclude(pk=member.pk).filter(Q(until_date__isnull=True) | Q(until_date__gte=member.from_date))
    rivals = rivals if member.until_date is None else rivals.filter(from_date__lte=member.until_date)
    rival = rivals.order_by("number").first()
    if rival is not None:
        told = {"number": rival.number}
        raise UnableToEnter(
            _(
                "A party has one leader at a time, and member no. %(number)s leads on these days. End that membership first."
            )
            % told
        )


def _next_number(jit: Jit, *, by: Actor) -> int:
    """Numbers are never given twice; the team is locked."""
    last: int | None = JitMember.objects.visible_to(by).of(jit.pk).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _give_notice(member: JitMember, act: MemberAct, day: date, text: str, *, by: Actor, at: datetime) -> None:
    JitMemberNotice.objects.create(
        root_id=member.root_id,
        member=member,
        act=act,
        day=day,
        text=text,
        given_at=at,
        given_by_id=by.membership_id,
    )
    access.touch(by=by, root_id=member.root_id)
