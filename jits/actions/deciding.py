"""What the parties decide: to assess, to agree in principle, to draft; to refuse, to suspend, to resume, not to set the team up."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from foundation.audit import record
from foundation.notifications.kinds import Kind
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.states import Transition
from jits import notices, states
from jits.actions.checking import pass_gate
from jits.actions.loading import jit_for, move
from jits.choices import Obstacle
from jits.models import Jit, JitParty
from jits.permissions import JitPermission
from jits.refusals import UnableToDecide


@action
def assess(*, jit: Jit, version: int, by: Actor, at: datetime) -> Jit:
    """A party that was asked takes the request up: its suitability is assessed.

    Who may: the asked parties, with manage. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    jit, _party = jit_for(states.ASSESS, jit, version=version, by=by)
    move(jit, states.ASSESS.target, by=by, at=at)
    return _told("jits.assessment.begun", notices.ASSESSED, jit, by=by, at=at)


@action
def agree(*, jit: Jit, version: int, by: Actor, at: datetime) -> Jit:
    """One party agrees in principle, to the request of that version; with the last of them the team is agreed.

    That another party agreed meanwhile makes no version stale. Who may: each party once, with manage. Raises Forbidden,
    StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    jit, party = jit_for(states.AGREE, jit, version=version, by=by)
    party.agreed_at, party.agreed_by_id = at, by.membership_id
    party.save(update_fields=["agreed_at", "agreed_by"])
    parties = JitParty.objects.visible_to(by).of(jit.pk)
    waiting = parties.filter(agreed_at__isnull=True).count()
    if not waiting:
        move(jit, states.AGREE.target, by=by, at=at)
    record.changed("jits.party.agreed", by=by, root=jit.pk, changes={"partner": party.partner.name, "waiting": waiting})
    notices.tell_parties(notices.AGREED if waiting else notices.ALL_AGREED, jit=jit, by=by, at=at)
    return jit


@action
def draft(*, jit: Jit, justification: str = "", version: int, by: Actor, at: datetime) -> Jit:
    """Begin the drafting of the agreement, once all parties agreed in principle and the first part of the checklist is settled.

    Where points are not settled, ``justification`` says why the team goes on, and stays on record with them. Who may: each party,
    with manage. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    jit, _party = jit_for(states.DRAFT, jit, version=version, by=by)
    pass_gate(states.GATES[states.DRAFT.name], jit, justification, by=by, at=at)
    move(jit, states.DRAFT.target, by=by, at=at)
    return _told("jits.drafting.begun", notices.DRAFTING, jit, by=by, at=at)


@action
def refuse(*, jit: Jit, obstacle: str, text: str, parallel: bool, version: int, by: Actor, at: datetime) -> Jit:
    """A party that was asked says no, for a reason of the list; the team is over.

    Who may: the asked parties that have not agreed, with manage. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    jit = _end(states.REFUSE, jit, obstacle, text, parallel, version=version, by=by, at=at)
    return _told("jits.jit.refused", notices.REFUSED, jit, by=by, at=at, obstacle=obstacle, parallel=parallel)


@action
def not_set_up(*, jit: Jit, obstacle: str, text: str, parallel: bool, version: int, by: Actor, at: datetime) -> Jit:
    """Record that the team is not set up, why, and whether the proceedings go on side by side instead.

    Who may: each party, with manage. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    jit = _end(states.NOT_SET_UP, jit, obstacle, text, parallel, version=version, by=by, at=at)
    return _told("jits.jit.not_set_up", notices.NOT_SET_UP, jit, by=by, at=at, obstacle=obstacle, parallel=parallel)


@action
def suspend(*, jit: Jit, reason: str, version: int, by: Actor, at: datetime) -> Jit:
    """Let the team rest; it goes on later from where it stood.

    Who may: each party, with manage. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    jit, _party = jit_for(states.SUSPEND, jit, version=version, by=by)
    jit.suspended_from, jit.suspended_because = jit.status, reason
    move(jit, states.SUSPEND.target, by=by, at=at, also=("suspended_from", "suspended_because"))
    return _told("jits.jit.suspended", notices.SUSPENDED, jit, by=by, at=at, reason=reason)


@action
def resume(*, jit: Jit, version: int, by: Actor, at: datetime) -> Jit:
    """Go on from where the team was suspended.

    Who may: each party, with manage. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide.
    """
    jit, _party = jit_for(states.RESUME, jit, version=version, by=by)
    target, jit.suspended_from, jit.suspended_because = jit.suspended_from, "", ""
    move(jit, target, by=by, at=at, also=("suspended_from", "suspended_because"))
    return _told("jits.jit.resumed", notices.RESUMED, jit, by=by, at=at)


def _end(
    transition: Transition[JitPermission],
    jit: Jit,
    obstacle: str,
    text: str,
    parallel: bool,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> Jit:
    jit, _party = jit_for(transition, jit, version=version, by=by)
    if obstacle == Obstacle.OTHER and not text.strip():
        raise UnableToDecide(_("Say in words what the other reason is."))
    jit.obstacle, jit.obstacle_text, jit.parallel = obstacle, text, parallel
    jit.suspended_from = jit.suspended_because = ""
    also = ("obstacle", "obstacle_text", "parallel", "suspended_from", "suspended_because")
    return move(jit, transition.target, by=by, at=at, also=also)


def _told(verb: str, kind: Kind, jit: Jit, *, by: Actor, at: datetime, **changes: object) -> Jit:
    record.changed(verb, by=by, root=jit.pk, changes=changes)
    notices.tell_parties(kind, jit=jit, by=by, at=at)
    return jit
