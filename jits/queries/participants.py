"""Who takes part in a team without being a party, and who still could."""

from __future__ import annotations

from django.db.models import Q

from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import OfficeKind, PartnerKind
from foundation.tenancy.models import Office
from jits.models import Jit, JitParticipant


def participants(jit: Jit, *, actor: Actor) -> list[JitParticipant]:
    """Those whose part has not ended, in the order of the invitations; one statement."""
    return list(JitParticipant.objects.visible_to(actor).of(jit.pk).present().with_names())


def invitable(jit: Jit, *, by: Actor) -> list[Office]:
    """Offices that can be invited and do not take part yet: Eurojust's case desk, and the coordinators of Union bodies."""
    desk = Q(kind=OfficeKind.CASE_DESK, partner__kind=PartnerKind.EUROJUST)
    body = Q(kind=OfficeKind.COORDINATOR, partner__kind=PartnerKind.UNION_BODY)
    present = JitParticipant.objects.visible_to(by).of(jit.pk).present().values_list("office_id", flat=True)
    found = Office.objects.filter(desk | body).exclude(pk__in=list(present)).select_related("partner")
    return list(found.order_by("partner__position", "partner__name", "kind"))
