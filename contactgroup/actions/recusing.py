"""Recuse from the votes on a nomination, and take a recusal back. Both before the votes are counted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from contactgroup import ballots, notices, queries, states
from contactgroup.actions.loading import held, nomination_for
from contactgroup.choices import Ground, RecusalScope
from contactgroup.models import Elector, Nomination, Recusal, RecusalReason, Turnout, Vote, VotingRound
from contactgroup.permissions import NominationPermission
from contactgroup.queries.recusals import bars, may_take_back, recusals
from contactgroup.refusals import UnableToRecuse
from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.states import Transition


@action
def recuse(*, nomination: Nomination, scope: str, ground: str, words: str = "", by: Actor, at: datetime) -> Recusal:
    """Take no part in the votes on a nomination, in person or as a partner, from the round that is open or comes next.

    Votes cast before by whoever is recused count no more and stay on record. Everyone on the nomination reads that it is so; the own
    partner and the case desk read why. Who may: whoever holds the partner's Contact Group seat now; for the partner, whoever of them
    is not recused in person. Raises Forbidden, TransitionNotAllowed, UnableToRecuse.
    """
    nomination = nomination_for(nomination, states.RECUSE.permission, by=by)
    elector = _elector(nomination, by=by)
    nomination = held(nomination, by=by)
    current = _round_before_the_count(nomination, states.RECUSE, by=by, at=at)
    standing = bars(recusals(nomination, actor=by), actor=by)
    if standing is not None:
        raise UnableToRecuse(_already(standing))
    if ground == Ground.OTHER and not words.strip():
        raise UnableToRecuse(_("Say in words which conflict of interests it is."))
    recusal = Recusal.objects.create(
        root_id=nomination.pk,
        scope=RecusalScope(scope),
        partner_id=elector.partner_id,
        from_round=_rounds(nomination, by=by) + (current is None),
        recused_at=at,
        recused_by_id=by.membership_id,
    )
    reason = RecusalReason.objects.create(
        root_id=nomination.pk, audience_id=by.partner_group, recusal=recusal, ground=Ground(ground), words=words
    )
    ballots.confide(reason.pk, by=by)
    _restate(nomination, current, by=by)
    record.changed("contactgroup.recusal.declared", by=by, root=nomination.pk, changes={"scope": scope})
    notices.recused(notices.RECUSED, recusal, nomination=nomination, by=by, at=at)
    return recusal


@action
def take_back(*, recusal: Recusal, by: Actor, at: datetime) -> Recusal:
    """Take a recusal back: votes that were cast before count again, unless others replaced them. It stays on record.

    Who may: the person for itself; for a partner whoever holds its seat and is not recused in person. Raises Forbidden,
    TransitionNotAllowed, UnableToRecuse.
    """
    found = Recusal.objects.visible_to(by).select_related("recused_by").get(pk=recusal.pk)
    nomination = nomination_for(Nomination(root_id=found.root_id), states.TAKE_BACK.permission, by=by)
    _elector(nomination, by=by)
    nomination = held(nomination, by=by)
    current = _round_before_the_count(nomination, states.TAKE_BACK, by=by, at=at)
    declared = recusals(nomination, actor=by)
    found = next(one for one in declared if one.pk == found.pk)
    if found.taken_back_at is not None:
        raise UnableToRecuse(_("This recusal was taken back already."))
    if not may_take_back(found, declared, actor=by):
        raise access.Forbidden(
            _("Each takes back what it declared for itself; for a partner, somebody who is not recused.")
        )
    found.until_round = _rounds(nomination, by=by) - (current is not None)
    found.taken_back_at, found.taken_back_by_id = at, by.membership_id
    found.save(update_fields=["until_round", "taken_back_at", "taken_back_by"])
    _restate(nomination, current, by=by)
    record.changed("contactgroup.recusal.taken_back", by=by, root=nomination.pk, changes={"scope": found.scope})
    notices.recused(notices.RECUSAL_TAKEN_BACK, found, nomination=nomination, by=by, at=at)
    return found


def _elector(nomination: Nomination, *, by: Actor) -> Elector:
    elector = queries.own_elector(nomination, actor=by)
    if elector is None:
        raise access.Forbidden(_("Only a holder of a Contact Group seat in the electorate can be recused."))
    return elector


def _round_before_the_count(
    nomination: Nomination, transition: Transition[NominationPermission], *, by: Actor, at: datetime
) -> VotingRound | None:
    """The round that is open, if one is, locked like the round of a vote. Once it has ended, nothing changes its count."""
    transition.check(nomination.status)
    rounds = VotingRound.objects.visible_to(by).of(nomination.pk)
    current = rounds.filter(closed_at__isnull=True).select_for_update(of=("self",)).first()
    if current is not None and current.ended(at):
        raise UnableToRecuse(_("The vote has ended."))
    return current


def _rounds(nomination: Nomination, *, by: Actor) -> int:
    """The number of the last round."""
    return VotingRound.objects.visible_to(by).of(nomination.pk).count()


def _already(standing: Recusal) -> str:
    if standing.scope == RecusalScope.PERSON:
        return _("You are recused already. Whatever is left to do, another member or deputy of your partner does it.")
    return _("Your partner is recused already.")


def _restate(nomination: Nomination, current: VotingRound | None, *, by: Actor) -> None:
    """Write anew whether a voice of the own partner stands: votes are sealed, so that the others cannot see it by themselves."""
    if current is None:
        return
    asked = queries.electorate(nomination, [], recusals(nomination, actor=by), number=current.number)
    votes = Vote.objects.visible_to(by).in_round(current.pk).filter(partner=by.partner_id).with_voter()
    stands = any(vote.voter_id not in asked.recused_people for vote in votes)
    Turnout.objects.visible_to(by).filter(round=current, partner=by.partner_id).update(stands=stands)
