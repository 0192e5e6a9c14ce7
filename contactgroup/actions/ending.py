"""What ends with a nomination that is not taken up: the offers, the nomination of the case, the case desk's sight of it."""

from __future__ import annotations

from datetime import datetime

from cases import actions as case_actions
from cases.models import Case
from contactgroup.models import CaseNomination, ReservedInvitation
from foundation import access
from foundation.access.models import Offer
from foundation.tenancy.actors import Actor


def release(case: Case, link: CaseNomination, *, by: Actor, at: datetime) -> None:
    """Give the case back. The case desk's share goes last: a desk that does this itself sees the case no more afterwards."""
    reserved = ReservedInvitation.objects.visible_to(by).filter(case_nomination=link).values("offer_id")
    for offer in Offer.objects.visible_to(by).standing().filter(pk__in=reserved):
        access.withdraw_offer(by=by, offer_id=offer.pk)
    end_link(link, at=at)
    case_actions.mark_released(case=case, by=by, at=at)
    if link.desk_share.revoked_at is None:
        access.revoke(by=by, share_id=link.desk_share_id)


def end_link(link: CaseNomination, *, at: datetime) -> None:
    """Note that the nomination runs no more, so that the case can be nominated again."""
    link.ended_at = at
    link.save(update_fields=["ended_at"])
