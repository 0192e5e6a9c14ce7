"""What every page's frame needs: navigation, memberships, the demo banner. Reads the session and the actor, never the database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from foundation import access
from foundation.pages import assurance, memberships
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
            {"label": e.label, "url": (url := reverse(e.url_name)), "current": _within(request.path, url), "badge": ""}
            for e in entries
        ],
    }


def _within(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
