"""The memberships of the signed-in account, for the switch in the header."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from foundation.pages.requests import SESSION_KEY
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Membership

LABELS = "membership_labels"


@dataclass(frozen=True)
class Choice:
    """One line of the switch."""

    id: str
    label: str
    current: bool


def remember_labels(request: HttpRequest, account_id: UUID, at: datetime) -> None:
    """Read the account's live memberships into the session, so that no page has to ask for them again.

    They are words to choose from, nothing more: whether one is live is decided by the database on each request.
    """
    live = Membership.objects.live(at).filter(account_id=account_id).with_names().order_by("starts_at", "id")
    request.session[LABELS] = [[str(m.pk), m.authority.name, m.authority.partner.name, m.role] for m in live]


def choices(request: HttpRequest, at: datetime) -> list[Choice]:
    """The lines of the switch in the header."""
    actor = getattr(request, "actor", None)
    if actor is None or not request.user.is_authenticated:
        return []
    if LABELS not in request.session:
        remember_labels(request, request.user.pk, at)
    return _lines(request, str(actor.membership_id))


def offered(request: HttpRequest, account_id: UUID, at: datetime) -> list[Choice]:
    """The lines of the switch as a page, read anew."""
    remember_labels(request, account_id, at)
    return _lines(request, request.session.get(SESSION_KEY, ""))


def _lines(request: HttpRequest, current: str) -> list[Choice]:
    return [
        Choice(key, f"{authority} ({partner}), {Role(role).label}", key == current)
        for key, authority, partner, role in request.session[LABELS]
    ]
