"""What the inbox puts on the home page."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications import inbox
from foundation.pages.panels import Waiting, WaitingLine
from foundation.tenancy.actors import Actor

SHOWN = 5


def unread(*, record: object, actor: Actor, at: datetime) -> Waiting | None:
    """The newest unread lines; nothing when all is read. Lines about what is not visible any more stand in the inbox alone."""
    lines = inbox.lines(actor, limit=SHOWN, unread_only=True)
    shown = tuple(
        WaitingLine(
            label=line.sentence,
            url=reverse("root", kwargs={"pk": line.root.pk}),
            detail=f"{line.root.reference}, {line.root.title}",
        )
        for line in lines
        if line.root is not None
    )
    return (
        Waiting(id="unread", title=_("New in your inbox"), lines=shown, at=at, more_url=reverse("inbox"))
        if shown
        else None
    )
