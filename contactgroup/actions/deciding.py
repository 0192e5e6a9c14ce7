"""What the Contact Group decided, and what follows from it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases import actions as case_actions
from cases.invitations import actions as invitation_actions
from cases.models import Case
from contactgroup import notices, queries, states
from contactgroup.actions.ending import end_link, release
from contactgroup.actions.loading import case_behind, current_item, demand_impartial, nomination_for
from contactgroup.choices import FINAL, TAKING_UP, Outcome
from contactgroup.counting import Count
from contactgroup.models import CaseNomination, Nomination, ProposedInvitation, ReservedInvitation, VotingRound
from contactgroup.refusals import UnableToDecide
from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow import actions as workflow
from foundation.workflow.actions import action
from meetings import actions as meeting_actions
from meetings.models import AgendaItem

workflow.declare("contactgroup.decide")


@action
def decide(
    *,
    nomination: Nomination,
    outcome: str,
    text: str,
    answer_until: datetime | None,
    version: int,
    by: Actor,
    at: datetime,
) -> Nomination:
    """Record the final decision, all in one. Taking up needs quorum and majority, marks the case as selected and sends the invitations
    that the nominator approved, to be answered until ``answer_until`` (UTC). Any other decision needs a reason; it gives the case
    back, withdraws the offers and ends the case desk's sight of the case.

    Who may: the case desk, but for people who are recused. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide,
    CaseOutOfSight.
    """
    nomination = nomination_for(nomination, states.DECIDE.permission, by=by, version=version)
    states.DECIDE.check(nomination.status)
    if outcome not in FINAL:
        raise UnableToDecide(_("Choose one of the final decisions."))
    demand_impartial(nomination, by=by)
    _demand_support(outcome, text, queries.count(_last_round(nomination, by=by), nomination, actor=by))
    link, case = case_behind(nomination, by=by)
    meeting_actions.decide(item=_item(nomination, by=by), outcome=outcome, text=text, by=by, at=at)
    nomination.status, nomination.outcome, nomination.ended_at = states.DECIDE.target, outcome, at
    nomination.ended_by_id = by.membership_id
    nomination.version += 1
    nomination.save(update_fields=["status", "outcome", "ended_at", "ended_by", "version"])
    access.touch(by=by, root_id=nomination.pk)
    workflow.follow("contactgroup.decide", nomination=nomination, outcome=outcome, by=by, at=at)
    record.changed("contactgroup.nomination.decided", by=by, root=nomination.pk, changes={"outcome": outcome})
    notices.tell_all(notices.DECIDED, nomination=nomination, by=by, at=at)

    if outcome in TAKING_UP:
        case_actions.mark_selected(case=case, by=by, at=at)
        _invite(case, link, nomination, answer_until, by=by, at=at)
        end_link(link, at=at)
    else:
        release(case, link, by=by, at=at)
    return nomination


@action
def ask_for_more(*, nomination: Nomination, text: str, version: int, by: Actor, at: datetime) -> Nomination:
    """Give the nomination back to the nominator for more information; it comes to an agenda, and to a vote, anew.

    Who may: the case desk, but for people who are recused. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    nomination = nomination_for(nomination, states.RETURN.permission, by=by, version=version)
    states.RETURN.check(nomination.status)
    demand_impartial(nomination, by=by)
    item = _item(nomination, by=by)
    meeting_actions.decide(item=item, outcome=Outcome.MORE_INFORMATION, text=text, by=by, at=at)
    nomination.status, nomination.version = states.RETURN.target, nomination.version + 1
    nomination.save(update_fields=["status", "version"])
    access.touch(by=by, root_id=nomination.pk)
    record.changed("contactgroup.nomination.returned", by=by, root=nomination.pk, changes={"text": text})
    notices.tell_nominator(notices.RETURNED, nomination=nomination, by=by, at=at)
    return nomination


def _last_round(nomination: Nomination, *, by: Actor) -> VotingRound:
    return VotingRound.objects.visible_to(by).of(nomination.pk).order_by("-number").select_related("rule")[0]


def _item(nomination: Nomination, *, by: Actor) -> AgendaItem:
    item = current_item(nomination, by=by)
    if item is None:
        raise UnableToDecide(_("The nomination is on no agenda."))
    return item


def _demand_support(outcome: str, text: str, count: Count) -> None:
    if outcome not in TAKING_UP and not text.strip():
        raise UnableToDecide(_("Give the reason for this decision."))
    if outcome == Outcome.NOT_SELECTED and count.carried:
        raise UnableToDecide(_("The electorate voted for taking the case up; it cannot be turned down."))
    if outcome not in TAKING_UP:
        return
    if not count.quorate:
        raise UnableToDecide(_("Too few partners took part in the vote: there was no quorum."))
    if not count.majority:
        raise UnableToDecide(_("There was no majority for taking the case up."))


def _invite(
    case: Case, link: CaseNomination, nomination: Nomination, answer_until: datetime | None, *, by: Actor, at: datetime
) -> None:
    """Send what the nominator approved, to whom it approved, and nothing else."""
    proposals = list(ProposedInvitation.objects.visible_to(by).of(nomination.pk).select_related("partner"))
    if not proposals:
        return
    if answer_until is None:
        raise UnableToDecide(_("Say until when the invited partners are asked to answer."))
    found = ReservedInvitation.objects.visible_to(by).filter(case_nomination=link)
    reserved = dict(found.values_list("partner_id", "invitation"))
    for proposal in proposals:
        invitation_actions.send(
            key=reserved[proposal.partner_id],
            partner=proposal.partner,
            inviting_authority=case.owner,
            case_reference=case.root.reference,
            purpose=proposal.purpose,
            handling=nomination.handling,
            handling_text=nomination.handling_text,
            text=proposal.text,
            answer_until=answer_until,
            by=by,
            at=at,
        )
