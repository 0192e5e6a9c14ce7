"""How sure the product is of who acts: a second factor for the roles that need one, a fresh confirmation before rights change.

Which roles and which permissions is on the page of roles; what counts as a factor is for the project to say. Both are handed over at
start-up. Every page asks here once it knows its actor.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from foundation import access
from foundation.audit.models import Event
from foundation.pages import errors
from foundation.pages.requests import account_of
from foundation.tenancy.actors import Actor

if TYPE_CHECKING:
    from foundation.pages.base import ActorPage

WAITING = "after_second_factor"
"""Where somebody who was led to enrolment wanted to go; kept in the session."""
FACTOR = "second_factor_of"
"""The account whose second factor was found; kept in the session, so that no page has to ask again."""


@dataclass
class _Rules:
    second_factor: Container[str] = ()
    step_up: Container[access.Permission] = ()
    has_factor: Callable[[HttpRequest], bool] = field(default=lambda _request: False)


_rules = _Rules()


def install(
    *, second_factor: Container[str], step_up: Container[access.Permission], has_factor: Callable[[HttpRequest], bool]
) -> None:
    """Take over which roles need a second factor, which permissions a fresh confirmation, and how a factor is found."""
    _rules.second_factor, _rules.step_up, _rules.has_factor = second_factor, step_up, has_factor


def changes_rights(page: type[ActorPage]) -> bool:
    """Does this page act with a permission that changes who may see or do what?"""
    return hasattr(page, "act") and page.permission in _rules.step_up


def without_factor(page: ActorPage) -> HttpResponse | None:
    """The answer to somebody whose role needs a second factor and who has none: first enrol; a form that came is kept."""
    if not _needs_factor(page.actor) or _factor_found(page.request):
        return None
    if page.request.method == "POST":
        page.outcome = Event.Outcome.CONFLICT
        return errors.kept(page.request, why="second_factor")
    page.request.session[WAITING] = page.request.get_full_path()
    return redirect("mfa_index")


def unconfirmed(page: ActorPage) -> HttpResponse | None:
    """The answer to somebody who changes rights and said too long ago who it is: first confirm; a form that came is kept."""
    if not changes_rights(type(page)) or fresh(page.request):
        return None
    if page.request.method == "POST":
        page.outcome = Event.Outcome.CONFLICT
        return errors.kept(page.request, why="step_up")
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': page.request.get_full_path()})}")


def fresh(request: HttpRequest) -> bool:
    """Did this session say lately who it is: by signing in, or by a confirmation since?"""
    user = request.user
    records = get_authentication_records(request, user) if user.is_authenticated else []
    latest = max((float(record["at"]) for record in records), default=0.0)
    return time.time() - latest < settings.WBCJ_STEP_UP_AGE.total_seconds()


def forget_factor(request: HttpRequest) -> None:
    """A factor was removed: look anew."""
    request.session.pop(FACTOR, None)


def _needs_factor(actor: Actor) -> bool:
    return any(word in _rules.second_factor for word in (actor.role, *actor.offices))


def _factor_found(request: HttpRequest) -> bool:
    account = str(account_of(request))
    if request.session.get(FACTOR) == account:
        return True
    if not _rules.has_factor(request):
        return False
    request.session[FACTOR] = account
    request.session.pop(WAITING, None)
    return True
