"""When a session was last seen, to the nearest five minutes: for the person's own list of devices."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

SEEN = "last_seen"
EVERY = 300


class LastSeen:
    """Writes at most once in five minutes for each session; asks nothing of the database in between."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then note."""
        response = self.get_response(request)
        if request.session.get("_auth_user_id") and time.time() - request.session.get(SEEN, 0) > EVERY:
            request.session[SEEN] = int(time.time())
            found = UserSession.objects.filter(session_key=request.session.session_key)
            found.update(last_seen_at=timezone.now())
        return response
