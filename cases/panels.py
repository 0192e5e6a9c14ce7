"""What cases put on the home page."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.queries import waiting
from foundation.pages.panels import Waiting, WaitingLine
from foundation.tenancy.actors import Actor


def invitations_waiting(*, record: object, actor: Actor, at: datetime) -> Waiting | None:
    """Invitations to answer; nothing where none waits."""
    found = waiting.invitations_waiting(actor, at, limit=10)
    lines = tuple(
        WaitingLine(
            label=row.purpose,
            url=reverse("invitation", kwargs={"pk": row.pk}),
            detail=f"{row.inviting_authority.name}, {row.inviting_authority.partner.name}",
            due_at=row.answer_until,
        )
        for row in found
    )
    return (
        Waiting(id="invitations", title=_("Invitations to answer"), lines=lines, at=at, more_url=reverse("invitations"))
        if lines
        else None
    )


def tasks_waiting(*, record: object, actor: Actor, at: datetime) -> Waiting | None:
    """Tasks to do; nothing where none waits."""
    lines = tuple(
        WaitingLine(
            label=row.title,
            url=reverse("case", kwargs={"pk": row.root_id}) + "#tasks",
            detail=row.root.reference,
            due_at=row.due_at,
        )
        for row in waiting.tasks_waiting(actor, limit=10)
    )
    return (
        Waiting(id="tasks", title=_("Tasks"), lines=lines, at=at, more_url=reverse("cases_waiting")) if lines else None
    )
