"""The request as our pages know it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Account

SESSION_KEY = "membership"


class ActorRequest(HttpRequest):
    """A request with its id and, inside a page, the actor. For types only: Django makes the real one."""

    user: Account
    actor: Actor | None
    request_id: str
    session: Any
    reached: str
    """How far a page of ours came: empty, ``begun`` (nothing can have been changed) or ``settling`` (it may have been)."""


def account_of(request: HttpRequest) -> UUID:
    """The key of the signed-in account."""
    key = request.user.pk
    assert isinstance(key, UUID)
    return key


def chosen_membership(request: HttpRequest) -> UUID | None:
    """The membership that this session acts through, if one was chosen."""
    text = request.session.get(SESSION_KEY)
    return UUID(text) if text else None
