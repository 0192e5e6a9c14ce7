"""Revise a dossier."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from contactgroup import notices, states
from contactgroup.actions.loading import nomination_for
from contactgroup.choices import Status
from contactgroup.dossier import Dossier
from contactgroup.models import CriterionScore, Nomination, ProposedInvitation
from contactgroup.refusals import UnableToNominate
from foundation import access
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action

_FIELDS = ("tool", "why", "support")


@action
def revise(*, nomination: Nomination, dossier: Dossier, version: int, by: Actor, at: datetime) -> Nomination:
    """Change the dossier of a nomination that no meeting has taken up yet, or send in the information that was asked for.

    The electorate and the partners to be invited stay; their texts may change. Who may: managers of the nomination.
    Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToNominate.
    """
    found = nomination_for(nomination, states.REVISE.permission, by=by)
    reference = found.root.reference
    nomination = access.locked(found, version=version)
    states.REVISE.check(nomination.status)
    dossier.check_scores(at.date())
    _rewrite_texts(nomination, dossier, by=by)
    _rewrite_scores(nomination, dossier, by=by)
    changes = {name: getattr(dossier, name) for name in _FIELDS if getattr(nomination, name) != getattr(dossier, name)}
    answered = nomination.status == Status.RETURNED
    for name in _FIELDS:
        setattr(nomination, name, getattr(dossier, name))
    nomination.status, nomination.version = states.REVISE.target, nomination.version + 1
    nomination.save(update_fields=[*_FIELDS, "status", "version"])
    access.touch(by=by, root_id=nomination.pk, reference=reference, title=dossier.title)

    record.changed("contactgroup.nomination.revised", by=by, root=nomination.pk, changes=changes)
    if answered:
        notices.tell_electorate(notices.REVISED, nomination=nomination, by=by, at=at)
    notices.tell_desk(notices.REVISED, nomination=nomination, by=by, at=at)
    return nomination


def _rewrite_texts(nomination: Nomination, dossier: Dossier, *, by: Actor) -> None:
    standing = {p.partner_id: p for p in ProposedInvitation.objects.visible_to(by).of(nomination.pk)}
    if {proposal.partner.pk for proposal in dossier.proposals} != set(standing):
        raise UnableToNominate(
            _("The partners to be invited stay as they were nominated. Withdraw the nomination to choose others.")
        )
    for proposal in dossier.proposals:
        row = standing[proposal.partner.pk]
        if (row.purpose, row.text) != (proposal.purpose, proposal.text):
            row.purpose, row.text = proposal.purpose, proposal.text
            row.save(update_fields=["purpose", "text"])


def _rewrite_scores(nomination: Nomination, dossier: Dossier, *, by: Actor) -> None:
    standing = {s.criterion_id: s for s in CriterionScore.objects.visible_to(by).of(nomination.pk)}
    for scored in dossier.scores:
        row = standing.pop(scored.criterion.pk, None)
        if row is None:
            row = CriterionScore(root_id=nomination.pk, criterion=scored.criterion)
        row.score, row.comment = scored.score, scored.comment
        row.save()
    CriterionScore.objects.visible_to(by).filter(pk__in=[row.pk for row in standing.values()]).delete()
