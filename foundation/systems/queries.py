"""Tokens as lines of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.systems.models import SystemToken
from foundation.systems.querysets import SystemTokenQuerySet
from foundation.systems.scopes import Scope
from foundation.tenancy.actors import Actor


class State(TextChoices):
    """How a token stands at a moment."""

    LIVE = "live", _("Works")
    REPLACED = "replaced", _("Replaced, works on for a while")
    LAPSED = "lapsed", _("Stopped: who granted it no longer may")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")

    @property
    def tone(self) -> str:
        """Its look as a pill."""
        return {"live": "good", "replaced": "progress", "lapsed": "waiting", "revoked": "bad"}.get(self.value, "closed")


@dataclass(frozen=True, kw_only=True)
class TokenRow:
    """One token: never its secret, which nobody can read again."""

    token: SystemToken
    state: State
    scopes: tuple[str, ...]

    @property
    def standing(self) -> bool:
        """Can it still be revoked?"""
        return self.state not in {State.REVOKED, State.EXPIRED}

    @property
    def replaceable(self) -> bool:
        """Can it be rotated?"""
        return self.standing and self.token.successor_id is None


def tokens_of(actor: Actor, membership_id: UUID, at: datetime) -> list[TokenRow]:
    """The tokens of one system of the actor's partner, those that stand first, then the newest; one statement."""
    return _rows(SystemToken.objects.visible_to(actor).filter(membership_id=membership_id), at)


def tokens_of_all(actor: Actor, membership_ids: Collection[UUID], at: datetime) -> Mapping[UUID, list[TokenRow]]:
    """The tokens of several systems of whatever partners, for project staff, in the order of ``tokens_of``; one statement."""
    found: dict[UUID, list[TokenRow]] = defaultdict(list)
    for row in _rows(SystemToken.objects.overseen_by(actor).filter(membership_id__in=membership_ids), at):
        found[row.token.membership_id].append(row)
    return found


def _rows(found: SystemTokenQuerySet, at: datetime) -> list[TokenRow]:
    tokens = found.with_right().select_related("granted_by__account", "revoked_by__account")
    rows = [
        TokenRow(
            token=token,
            state=state_of(token, rightful=getattr(token, "rightful"), at=at),
            scopes=tuple(str(Scope(scope).label) for scope in token.scopes),
        )
        for token in tokens.order_by("-granted_at", "prefix")
    ]
    return sorted(rows, key=lambda row: not row.standing)


def state_of(token: SystemToken, *, rightful: bool, at: datetime) -> State:
    """How this token stands at that moment."""
    if token.revoked_at is not None:
        return State.REVOKED
    if token.expires_at <= at:
        return State.EXPIRED
    if not rightful:
        return State.LAPSED
    return State.LIVE if token.successor_id is None else State.REPLACED
