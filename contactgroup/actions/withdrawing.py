"""Withdraw a nomination."""

from __future__ import annotations

from datetime import datetime

from contactgroup import notices, states
from contactgroup.actions.ending import release
from contactgroup.actions.loading import case_behind, current_item, nomination_for
from contactgroup.models import Nomination, VotingRound
from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from meetings import actions as meeting_actions


@action
def withdraw(*, nomination: Nomination, reason: str, version: int, by: Actor, at: datetime) -> Nomination:
    """Take a nomination back before it is decided: it leaves the agenda, votes stay sealed, offers and the case desk's sight of the
    case end, and the case is open again. Who may: managers of the nomination who manage the case.

    Raises Forbidden, StaleVersion, TransitionNotAllowed, CaseOutOfSight.
    """
    nomination = nomination_for(nomination, states.WITHDRAW.permission, by=by, version=version)
    states.WITHDRAW.check(nomination.status)
    link, case = case_behind(nomination, by=by)
    access.require(by, states.WITHDRAW.permission, case)
    item = current_item(nomination, by=by)
    if item is not None:
        meeting_actions.take_off(item=item, by=by, at=at)
    VotingRound.objects.visible_to(by).of(nomination.pk).filter(closed_at__isnull=True).update(
        closed_at=at, closed_by=by.membership_id
    )
    nomination.status, nomination.ended_at, nomination.version = states.WITHDRAW.target, at, nomination.version + 1
    nomination.ended_by_id = by.membership_id
    nomination.save(update_fields=["status", "ended_at", "ended_by", "version"])
    access.touch(by=by, root_id=nomination.pk)
    record.changed("contactgroup.nomination.withdrawn", by=by, root=nomination.pk, changes={"reason": reason})
    notices.tell_electorate(notices.WITHDRAWN, nomination=nomination, by=by, at=at)
    notices.tell_desk(notices.WITHDRAWN, nomination=nomination, by=by, at=at)
    release(case, link, by=by, at=at)
    return nomination
