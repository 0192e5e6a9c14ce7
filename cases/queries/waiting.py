"""What waits for an actor: invitations to answer and tasks to do. Home page, reminders and calendar feeds ask the same questions."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from cases.invitations.models import Invitation
from cases.models import Task
from cases.permissions import CasePermission, InvitationPermission
from foundation import access
from foundation.tenancy.actors import Actor

LIMIT = 50


def invitations_open_to(actor: Actor, at: datetime) -> QuerySet[Invitation]:
    """The invitations that the actor can answer."""
    if not access.role_allows(actor, InvitationPermission.ANSWER):
        return Invitation.objects.none()
    return Invitation.objects.visible_to(actor).unanswered(at).filter(partner=actor.partner_id)


def tasks_open_to(actor: Actor, _at: datetime | None = None) -> QuerySet[Task]:
    """Unfinished tasks of the actor, its authority, its partner and the offices it holds."""
    if not access.role_allows(actor, CasePermission.CONTRIBUTE):
        return Task.objects.none()
    return Task.objects.visible_to(actor).unfinished().given_to(actor)


def invitations_waiting(actor: Actor, at: datetime, *, limit: int = LIMIT) -> list[Invitation]:
    """Invitations that the actor can answer, the most pressing first."""
    found = invitations_open_to(actor, at).select_related("root", "partner", "inviting_authority__partner")
    return list(found.order_by("answer_until", "pk")[:limit])


def tasks_waiting(actor: Actor, *, limit: int = LIMIT) -> list[Task]:
    """The same tasks, the most pressing first."""
    return list(tasks_open_to(actor).select_related("root").order_by("due_at", "id")[:limit])
