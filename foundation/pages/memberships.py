"""The memberships of the signed-in account, for the switch in the header."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

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
    request.session[LABELS] = [
        [str(m.pk), f"{m.authority.name} ({m.authority.partner.name}), {Role(m.role).label}"] for m in live
    ]


def choices(request: HttpRequest, at: datetime) -> list[Choice]:
    """The lines of the switch."""
    actor = getattr(request, "actor", None)
    if actor is None or not request.user.is_authenticated:
        return []
    if LABELS not in request.session:
        remember_labels(request, request.user.pk, at)
    current = str(actor.membership_id)
    return [Choice(key, label, key == current) for key, label in request.session[LABELS]]
