"""What waits for an actor: invitations to answer and tasks to do. Each is one statement and bounded."""

from __future__ import annotations

from datetime import datetime

from cases.invitations.models import Invitation
from cases.models import Task
from cases.permissions import CasePermission, InvitationPermission
from foundation import access
from foundation.tenancy.actors import Actor

LIMIT = 50


def invitations_waiting(actor: Actor, at: datetime, *, limit: int = LIMIT) -> list[Invitation]:
    """Invitations that the actor can answer, the most pressing first."""
    if not access.role_allows(actor, InvitationPermission.ANSWER):
        return []
    found = Invitation.objects.visible_to(actor).unanswered(at).filter(partner=actor.partner_id).with_names()
    return list(found.order_by("answer_until", "pk")[:limit])


def tasks_waiting(actor: Actor, *, limit: int = LIMIT) -> list[Task]:
    """Unfinished tasks of the actor, its authority, its partner and the offices it holds, the most pressing first."""
    if not access.role_allows(actor, CasePermission.CONTRIBUTE):
        return []
    found = Task.objects.visible_to(actor).unfinished().given_to(actor).select_related("root")
    return list(found.order_by("due_at", "id")[:limit])
