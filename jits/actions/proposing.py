"""From the idea to the request: a team is thought up on a case, and proposed to its parties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cases import states as case_states
from cases.models import Case
from foundation import access
from foundation.access import Level, Reason
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Authority
from foundation.workflow.actions import action
from jits import notices, request, states
from jits.actions.checking import lay_out
from jits.actions.loading import jit_for, move
from jits.models import Jit, JitCase, JitParty
from jits.permissions import JitPermission
from jits.refusals import UnableToPropose
from jits.request import Request


@action
def think_up(*, case: Case, asked: Request, parties: Sequence[Authority], by: Actor, at: datetime) -> Jit:
    """Write down the idea of a team for a case. Nobody sees it yet but whoever wrote it and the case registry of that authority.

    Nothing is written on the case, so that nobody who works on it learns of the team. Who may: contributors of the case whose own
    authority is among the parties. Raises Forbidden, UnableToPropose, UnableToName.
    """
    case = Case.objects.visible_to(by).get(pk=case.pk)
    access.require(by, JitPermission.PROPOSE, case)
    if case.status not in case_states.AT_WORK:
        raise UnableToPropose(str(case_states.NOT_AT_WORK))
    request.check_parties(parties, request.candidates(case.pk, by=by), by=by)
    key = access.open_root(by=by, kind=Jit.ROOT_KIND, reference=access.new_reference("JIT", at), title=asked.title)
    jit = Jit.objects.create(
        root_id=key,
        **asked.values(),
        handling=case.handling,
        handling_text=case.handling_text,
        proposing_authority_id=by.authority_id,
        opened_at=at,
        opened_by_id=by.membership_id,
    )
    JitCase.objects.create(root_id=key, case=case.pk)
    JitParty.objects.bulk_create(
        JitParty(root_id=key, partner_id=authority.partner_id, authority=authority) for authority in parties
    )
    lay_out(jit)
    record.changed("jits.jit.thought_up", by=by, root=key)
    return jit


@action
def revise(*, jit: Jit, asked: Request, version: int, by: Actor, at: datetime) -> Jit:
    """Change the request. Whoever agreed in principle agreed to other words, so these agreements are void; the parties stay.

    Who may: the party that proposed, with manage. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToName.
    """
    jit, _party = jit_for(states.REVISE, jit, version=version, by=by)
    changes = {name: value for name, value in asked.values().items() if getattr(jit, name) != value}
    for name, value in changes.items():
        setattr(jit, name, value)
    agreed = JitParty.objects.visible_to(by).of(jit.pk).filter(agreed_at__isnull=False)
    voided = agreed.update(agreed_at=None, agreed_by=None) if changes else 0
    access.touch(by=by, root_id=jit.pk, reference=jit.root.reference, title=asked.title)
    move(jit, "", by=by, at=at, also=tuple(changes))
    record.changed("jits.request.revised", by=by, root=jit.pk, changes={"fields": sorted(changes), "voided": voided})
    if jit.status in states.AMONG_PARTIES:
        notices.tell_parties(notices.REVISED, jit=jit, by=by, at=at)
    return jit


@action
def propose(*, jit: Jit, version: int, by: Actor, at: datetime) -> Jit:
    """Open the team to its parties: to everybody of each party's authority who works on the case, and to its case registry.

    Who may: the party that thought it up, with manage, seeing the case. Raises Forbidden, StaleVersion, TransitionNotAllowed,
    UnableToDecide, UnableToPropose (the case is not seen any more, or a party works on it no longer).
    """
    jit, _party = jit_for(states.PROPOSE, jit, version=version, by=by)
    link = JitCase.objects.visible_to(by).of(jit.pk).get()
    if not Case.objects.visible_to(by).filter(pk=link.case).exists():
        raise UnableToPropose(_("You do not see the case behind this team any more."))
    _open(jit, link, by=by)
    jit.proposed_at, jit.proposed_by_id = at, by.membership_id
    move(jit, states.PROPOSE.target, by=by, at=at, also=("proposed_at", "proposed_by"))
    record.changed("jits.jit.proposed", by=by, root=jit.pk)
    notices.tell_parties(notices.PROPOSED, jit=jit, by=by, at=at)
    return jit


def _open(jit: Jit, link: JitCase, *, by: Actor) -> None:
    """Each party manages the team as the one that proposed it does. Raises UnableToPropose for one that nobody works for."""
    parties = JitParty.objects.visible_to(by).of(jit.pk).select_related("authority__partner")
    people = request.principals_of([party.authority for party in parties], link.case, by=by)
    for party in parties:
        found = people[party.authority.group_id]
        if not found:
            sentence = _("%(authority)s works on the case no longer.")
            raise UnableToPropose(sentence % {"authority": party.authority.name})
        for principal in found:
            level = Level.CONTRIBUTE if principal == party.authority.group_id else Level.MANAGE
            access.grant(by=by, root_id=jit.pk, principal=principal, level=level, reason=Reason.TEAM)
