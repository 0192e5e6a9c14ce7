"""From the agenda to the count."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from contactgroup import ballots, notices, queries, states
from contactgroup.actions.loading import current_item, demand_impartial, nomination_for
from contactgroup.choices import RecusalScope, Status, Voice
from contactgroup.models import Elector, Nomination, Turnout, Vote, VotingRound, VotingRule
from contactgroup.permissions import NominationPermission
from contactgroup.queries.recusals import bars, recusals
from contactgroup.refusals import UnableToVote
from foundation import access
from foundation.access import Level, Reason
from foundation.access.models import Share
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.states import Transition
from meetings import actions as meeting_actions
from meetings.models import Meeting


@action
def put_on_agenda(*, nomination: Nomination, meeting: Meeting, version: int, by: Actor, at: datetime) -> Nomination:
    """Put a nomination at the end of a meeting's agenda, or move it to another meeting; the nominator may look at that meeting.

    Who may: the case desk. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToArrange.
    """
    nomination = nomination_for(nomination, states.PUT_ON_AGENDA.permission, by=by, version=version)
    moving = nomination.status == Status.ON_AGENDA
    (states.TRANSFER if moving else states.PUT_ON_AGENDA).check(nomination.status)
    item = current_item(nomination, by=by)
    if item is None:
        meeting_actions.add_item(meeting=meeting, root_id=nomination.pk, by=by, at=at)
    else:
        meeting_actions.transfer_item(item=item, meeting=meeting, by=by, at=at)
    _show_meeting(meeting, nomination.nominated_by.group_id, by=by)
    _advance(nomination, states.PUT_ON_AGENDA, by=by)
    notices.tell_electorate(notices.ON_AGENDA, nomination=nomination, by=by, at=at)
    notices.tell_nominator(notices.ON_AGENDA, nomination=nomination, by=by, at=at)
    return nomination


@action
def open_voting(
    *, nomination: Nomination, closes_at: datetime | None, version: int, by: Actor, at: datetime
) -> VotingRound:
    """Open a round of voting under the rule in force today; it ends when it is closed, or at ``closes_at`` (UTC).

    Who may: the case desk, but for people who are recused. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToVote.
    """
    nomination = nomination_for(nomination, states.OPEN_VOTING.permission, by=by, version=version)
    states.OPEN_VOTING.check(nomination.status)
    demand_impartial(nomination, by=by)
    if closes_at is not None and closes_at <= at:
        raise UnableToVote(_("The end of the vote lies in the past."))
    rule = VotingRule.objects.in_force_on(at.date())
    if rule is None:
        raise UnableToVote(_("No voting rule is in force today. Ask the programme team to enter one."))
    opened = VotingRound.objects.create(
        root_id=nomination.pk,
        number=VotingRound.objects.visible_to(by).of(nomination.pk).count() + 1,
        rule=rule,
        opened_at=at,
        opened_by_id=by.membership_id,
        closes_at=closes_at,
    )
    asked = queries.electorate(nomination, Elector.objects.visible_to(by).of(nomination.pk), [], number=opened.number)
    Turnout.objects.bulk_create(
        Turnout(root_id=nomination.pk, round=opened, partner_id=partner)
        for partner in asked.with_a_voice(rule.as_rule())
    )
    _advance(nomination, states.OPEN_VOTING, by=by, changes={"round": opened.number, "closes_at": closes_at})
    notices.tell_electorate(notices.VOTING, nomination=nomination, by=by, at=at)
    return opened


@action
def cast(*, nomination: Nomination, voice: str, comment: str = "", by: Actor, at: datetime) -> Vote:
    """Cast the partner's one voice, or replace what it said before; every cast stays on record.

    Sealed for the own partner until the round is closed. Who may: whoever holds the partner's Contact Group seat now, as member or
    deputy, when the partner belongs to the electorate, has a voice under the rule, and neither person nor partner is recused. Raises
    Forbidden, TransitionNotAllowed, UnableToVote (too late, recused, no voice).
    """
    nomination = nomination_for(nomination, states.VOTE.permission, by=by)
    elector = queries.own_elector(nomination, actor=by)
    if elector is None:
        raise access.Forbidden(_("Only a holder of a Contact Group seat in the electorate can vote."))
    # Locked, so that no voice slips in behind the closing and the voices of one partner come one after the other.
    rounds = VotingRound.objects.visible_to(by).of(nomination.pk)
    current = rounds.filter(closed_at__isnull=True).select_for_update(of=("self",)).first()
    nomination.refresh_from_db(fields=["status"])
    states.VOTE.check(nomination.status)
    if current is None or current.ended(at):
        raise UnableToVote(_("The vote has ended."))
    turnout = _turnout(nomination, current, by=by)
    turnout.casts, turnout.stands = turnout.casts + 1, True
    turnout.save(update_fields=["casts", "stands"])
    vote = Vote.objects.create(
        root_id=nomination.pk,
        audience_id=by.partner_group,
        round=current,
        partner_id=elector.partner_id,
        sequence=turnout.casts,
        voice=Voice(voice),
        comment=comment,
        cast_at=at,
        cast_by_id=by.membership_id,
    )
    record.changed(
        "contactgroup.vote.cast", by=by, root=nomination.pk, audience=by.partner_group, changes={"voice": voice}
    )
    return vote


@action
def close_voting(*, nomination: Nomination, version: int, by: Actor, at: datetime) -> Nomination:
    """Close the round, break the seal and count. Who may: the case desk, but for people who are recused.

    Raises Forbidden, StaleVersion, TransitionNotAllowed.
    """
    nomination = nomination_for(nomination, states.CLOSE_VOTING.permission, by=by, version=version)
    states.CLOSE_VOTING.check(nomination.status)
    demand_impartial(nomination, by=by)
    rounds = VotingRound.objects.visible_to(by).of(nomination.pk)
    current = rounds.select_for_update(of=("self",)).get(closed_at__isnull=True)
    current.closed_at, current.closed_by_id = at, by.membership_id
    current.save(update_fields=["closed_at", "closed_by"])
    ballots.unseal(current.pk, by=by)
    count = queries.count(current, nomination, actor=by)
    _advance(
        nomination,
        states.CLOSE_VOTING,
        by=by,
        changes={"for": count.votes_for, "against": count.votes_against, "quorum": count.quorate},
    )
    notices.tell_all(notices.COUNTED, nomination=nomination, by=by, at=at)
    return nomination


def _turnout(nomination: Nomination, current: VotingRound, *, by: Actor) -> Turnout:
    """Where the own partner's vote is noted. Raises UnableToVote where it has no voice that this person may use."""
    barred = bars(recusals(nomination, actor=by), actor=by)
    if barred is not None and barred.scope == RecusalScope.PERSON:
        raise UnableToVote(_("You are recused. Another member or deputy of your partner votes."))
    if barred is not None:
        raise UnableToVote(_("Your partner is recused from this vote."))
    turnout = Turnout.objects.visible_to(by).filter(round=current, partner=by.partner_id).first()
    if turnout is None:
        raise UnableToVote(_("Under the rule of this vote the nominating partner has no voice."))
    return turnout


def _advance(
    nomination: Nomination,
    transition: Transition[NominationPermission],
    *,
    by: Actor,
    changes: dict[str, object] | None = None,
) -> None:
    nomination.status = transition.target
    nomination.version += 1
    nomination.save(update_fields=["status", "version"])
    access.touch(by=by, root_id=nomination.pk)
    record.changed(f"contactgroup.nomination.{transition.target}", by=by, root=nomination.pk, changes=changes)


def _show_meeting(meeting: Meeting, principal: int, *, by: Actor) -> None:
    shares = Share.objects.visible_to(by).live().filter(root_id=meeting.pk, principal_id=principal)
    if not shares.exists():
        access.grant(by=by, root_id=meeting.pk, principal=principal, level=Level.VIEW, reason=Reason.AGENDA)
