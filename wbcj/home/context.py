"""What every page's frame needs: navigation, memberships, the demo banner.

Reads the session, the actor and the cache; the database only for the number of unread lines, once a minute and person at most.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from foundation import access
from foundation.notifications import unread_marks
from foundation.notifications.delivery import queries
from foundation.pages import assurance, memberships
from foundation.tenancy.actors import Actor
from wbcj import composition


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of ``templates/base.html``."""
    actor = getattr(request, "actor", None)
    entries = [] if actor is None else [e for e in composition.NAVIGATION if access.role_allows(actor, e.permission)]
    request.memberships = memberships.choices(request, timezone.now())  # type: ignore[attr-defined]  # for the menu
    return {
        "demo": settings.WBCJ_DEMO,
        "after_second_factor": getattr(request, "session", {}).get(assurance.WAITING, ""),
        "navigation": [
            {
                "label": e.label,
                "url": (url := reverse(e.url_name)),
                "current": _within(request.path, url),
                "badge": _badge(actor, e),
            }
            for e in entries
        ],
    }


def _badge(actor: Actor | None, entry: composition.Entry) -> str:
    """How many unread lines the inbox holds, and of how many mails nobody knows whether they arrived; nothing elsewhere."""
    if actor is None:
        return ""
    if entry.url_name == "console":
        return str(queries.unknown() or "")
    return unread_marks.shown(actor) if entry.url_name == "inbox" else ""


def _within(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
