"""Nominate a case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from cases import actions as case_actions
from cases.models import Case
from contactgroup import dossier as dossiers
from contactgroup import notices
from contactgroup.dossier import Dossier
from contactgroup.models import (
    CaseNomination,
    CriterionScore,
    Elector,
    Nomination,
    ProposedInvitation,
    ReservedInvitation,
)
from contactgroup.permissions import NominationPermission
from contactgroup.refusals import UnableToNominate
from foundation import access
from foundation.access import Level, Reason
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Office
from foundation.workflow import actions as workflow
from foundation.workflow.actions import action
from meetings import circle

workflow.declare("contactgroup.nominate")


@action
def nominate(*, case: Case, dossier: Dossier, audience: str, by: Actor, at: datetime) -> Nomination:
    """Nominate a case to the Contact Group, all in one: the nomination is opened to its electorate and to Eurojust's case desk,
    the case to the case desk, and each partner to be invited gets an offer that waits for the decision.

    Who may: managers of the case. Raises Forbidden, TransitionNotAllowed (the case is not open), UnableToNominate.
    """
    case = Case.objects.visible_to(by).with_owner().get(pk=case.pk)
    access.require(by, NominationPermission.NOMINATE, case)
    seats = dossiers.electorate(case, audience, by=by)
    dossier.check_scores(at.date())
    dossier.check_proposals({partner.pk for partner in dossiers.invitable(case, by=by)})
    desk = _desk()
    case_actions.mark_nominated(case=case, by=by, at=at)

    nomination = _open(case, dossier, audience, by=by, at=at)
    _write_dossier(nomination, dossier)
    _give_voices(nomination, seats, by=by)
    access.grant(by=by, root_id=nomination.pk, principal=desk, level=Level.CONTRIBUTE, reason=Reason.NOMINATION)
    _link(case, nomination, dossier, desk, by=by, at=at)
    workflow.follow("contactgroup.nominate", nomination=nomination, by=by, at=at)

    record.changed("contactgroup.nomination.submitted", by=by, root=nomination.pk, changes={"audience": audience})
    notices.tell_electorate(notices.SUBMITTED, nomination=nomination, by=by, at=at)
    notices.tell_desk(notices.SUBMITTED, nomination=nomination, by=by, at=at)
    return nomination


def _desk() -> int:
    desks = circle.desks()
    if not desks:
        raise UnableToNominate(_("Eurojust has no case desk yet."))
    return desks[0]


def _open(case: Case, dossier: Dossier, audience: str, *, by: Actor, at: datetime) -> Nomination:
    reference = access.new_reference("N", at)
    key = access.open_root(by=by, kind=Nomination.ROOT_KIND, reference=reference, title=dossier.title)
    return Nomination.objects.create(
        root_id=key,
        audience=audience,
        tool=dossier.tool,
        why=dossier.why,
        support=dossier.support,
        handling=case.handling,
        handling_text=case.handling_text,
        nominating_authority=case.owner,
        nominated_at=at,
        nominated_by_id=by.membership_id,
    )


def _write_dossier(nomination: Nomination, dossier: Dossier) -> None:
    CriterionScore.objects.bulk_create(
        CriterionScore(root_id=nomination.pk, criterion=s.criterion, score=s.score, comment=s.comment)
        for s in dossier.scores
    )
    ProposedInvitation.objects.bulk_create(
        ProposedInvitation(root_id=nomination.pk, partner=p.partner, purpose=p.purpose, text=p.text)
        for p in dossier.proposals
    )


def _give_voices(nomination: Nomination, seats: list[Office], *, by: Actor) -> None:
    """Each seat of the electorate sees the nomination and may write its vote under it."""
    Elector.objects.bulk_create(Elector(root_id=nomination.pk, partner=seat.partner, seat=seat) for seat in seats)
    for seat in seats:
        access.grant(
            by=by,
            root_id=nomination.pk,
            principal=seat.group_id,
            level=Level.CONTRIBUTE,
            reason=Reason.ELECTORATE,
        )


def _link(case: Case, nomination: Nomination, dossier: Dossier, desk: int, *, by: Actor, at: datetime) -> None:
    """Under the case's root: the link, the case desk's sight until the decision, and an offer for each partner to be invited."""
    share: UUID = access.grant(
        by=by,
        root_id=case.pk,
        principal=desk,
        level=Level.CONTRIBUTE,
        reason=Reason.NOMINATION,
        purpose=nomination.root.reference,
    )
    link = CaseNomination.objects.create(
        root_id=case.pk, nomination=nomination.pk, desk_share_id=share, nominated_at=at
    )
    for proposal in dossier.proposals:
        invitation = uuid4()
        offer = access.offer(
            by=by,
            root_id=case.pk,
            partner_id=proposal.partner.pk,
            level=Level.CONTRIBUTE,
            invitation=invitation,
            purpose=proposal.purpose,
        )
        ReservedInvitation.objects.create(
            root_id=case.pk, case_nomination=link, partner=proposal.partner, invitation=invitation, offer_id=offer
        )
