"""Who takes part without being a party: Eurojust's case desk, and offices of Union bodies."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from foundation import access
from foundation.access import Level, Reason
from foundation.audit import record
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from jits import notices, states
from jits.actions.loading import jit_for
from jits.models import Jit, JitParticipant
from jits.queries.participants import invitable
from jits.refusals import UnableToInvite


@action
def invite(*, jit: Jit, office: UUID, words: str, version: int, by: Actor, at: datetime) -> JitParticipant:
    """Let an office take part: it reads the team and changes nothing.

    Who may: each party, with manage. Raises Forbidden, StaleVersion, TransitionNotAllowed, UnableToDecide, UnableToInvite.
    """
    jit, _party = jit_for(states.INVITE, jit, version=version, by=by)
    chosen = next((one for one in invitable(jit, by=by) if one.pk == office), None)
    if chosen is None:
        raise UnableToInvite(_("This office takes part already, or cannot take part."))
    share = access.grant(
        by=by, root_id=jit.pk, principal=chosen.group_id, level=Level.VIEW, reason=Reason.INVITED, purpose=words
    )
    participant = JitParticipant.objects.create(
        root_id=jit.pk, office=chosen, words=words, share_id=share, invited_at=at, invited_by_id=by.membership_id
    )
    access.touch(by=by, root_id=jit.pk)
    record.changed("jits.participant.invited", by=by, root=jit.pk, changes={"office": str(chosen.pk)}, purpose=words)
    notices.tell(notices.INVITED, [chosen.group_id], jit=jit, by=by, at=at)
    return participant


@action
def end_part(*, jit: Jit, participant: UUID, version: int, by: Actor, at: datetime) -> JitParticipant:
    """End the part of a participant, and with it its sight of the team.

    Who may: each party, with manage. Raises Forbidden, JitParticipant.DoesNotExist, StaleVersion, TransitionNotAllowed,
    UnableToDecide, UnableToInvite.
    """
    jit, _party = jit_for(states.END_PART, jit, version=version, by=by)
    found = JitParticipant.objects.visible_to(by).of(jit.pk).select_related("share", "office").get(pk=participant)
    if found.ended_at is not None:
        raise UnableToInvite(_("This participation has ended already."))
    found.ended_at, found.ended_by_id = at, by.membership_id
    found.save(update_fields=["ended_at", "ended_by"])
    if found.share.revoked_at is None:
        access.revoke(by=by, share_id=found.share_id)
    access.touch(by=by, root_id=jit.pk)
    record.changed("jits.participant.ended", by=by, root=jit.pk, changes={"office": str(found.office_id)})
    return found
