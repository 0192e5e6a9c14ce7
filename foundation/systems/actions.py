"""Grant, rotate and revoke tokens of the systems of one's own partner, and note their use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.systems import secret
from foundation.systems.models import LONGEST, SystemToken
from foundation.systems.permissions import SystemPermission
from foundation.systems.querysets import SystemTokenQuerySet
from foundation.systems.scopes import Scope
from foundation.tenancy.actors import Actor
from foundation.tenancy.models import Membership
from foundation.workflow import actions as workflow
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal

RECALL = "systems.recall"
workflow.declare(RECALL)

OVERLAP = timedelta(days=7)
"""So long at most the old token works beside the one that replaces it."""


class UnableToGrant(Refusal):
    """This token cannot be granted; the message is fit for the user."""


class UnableToRotate(Refusal):
    """This token cannot be replaced; the message is fit for the user."""


class UnableToRevoke(Refusal):
    """This token has ended already; the message is fit for the user."""


@dataclass(frozen=True, kw_only=True)
class Granted:
    """A new token, with its secret: nobody can read that again."""

    token: SystemToken
    secret: str = field(repr=False)


@action
def grant(
    *,
    by: Actor,
    at: datetime,
    membership_id: UUID,
    scopes: Collection[str],
    expires_at: datetime,
    networks: Collection[str] = (),
) -> Granted:
    """Grant a token to a system of the actor's own partner. It works as long as the actor may grant one, at most until ``expires_at``.

    ``networks`` are those of ``networks.read``; none: usable from everywhere. Who may: the partner's administrators. Raises Forbidden,
    Membership.DoesNotExist for what is no system of that partner, UnableToGrant.
    """
    access.require(by, SystemPermission.ADMINISTER)
    system = Membership.objects.systems_of(by.partner_id).get(pk=membership_id)
    against = not_at_work(system, at)
    if against:
        raise UnableToGrant(against)
    return _write(by, at, system.pk, scopes=scopes, expires_at=expires_at, networks=networks)


def not_at_work(system: Membership, at: datetime) -> str:
    """Why a system has no use for a token at that moment, in a sentence for the user; empty where it has."""
    if Membership.objects.live(at).filter(pk=system.pk, account__is_active=True).exists():
        return ""
    return _("This system is not at work: it waits for a second person to confirm it, or it has ended.")


@action
def rotate(*, by: Actor, at: datetime, token_id: UUID, expires_at: datetime, overlap: timedelta) -> Granted:
    """Replace a token by a new one with the same scopes and address ranges; the old one works on for the overlap, at most seven days.

    From then on the actor is who granted it. Who may: the partner's administrators. Raises Forbidden, SystemToken.DoesNotExist,
    UnableToRotate (ended, replaced), UnableToGrant.
    """
    access.require(by, SystemPermission.ADMINISTER)
    old = _locked(SystemToken.objects.visible_to(by), token_id)
    if not old.stands(at):
        raise UnableToRotate(_("This token has ended. Grant a new one."))
    if old.successor_id is not None:
        raise UnableToRotate(_("This token was replaced already. Rotate the one that replaced it."))
    if not timedelta(0) <= overlap <= OVERLAP:
        raise UnableToRotate(_("Both tokens work side by side for seven days at most."))
    granted = _write(by, at, old.membership_id, scopes=old.scopes, expires_at=expires_at, networks=old.networks)
    old.successor, old.expires_at = granted.token, min(old.expires_at, at + overlap)
    old.save(update_fields=["successor", "expires_at"])
    record.happened("systems.token.rotated", by=by, root=old.pk)
    return granted


@action
def revoke(*, by: Actor, at: datetime, token_id: UUID) -> SystemToken:
    """Let a token open nothing from this moment on. Staff grant none: what a token may is for its partner to say.

    Who may: the partner's administrators, whoever granted it; project staff, and then the partner's administrators are told.

    Raises Forbidden, SystemToken.DoesNotExist, UnableToRevoke.
    """
    staff = access.role_allows(by, SystemPermission.RECALL)
    access.require(by, SystemPermission.RECALL if staff else SystemPermission.ADMINISTER)
    token = _locked(SystemToken.objects.overseen_by(by) if staff else SystemToken.objects.visible_to(by), token_id)
    if not token.stands(at):
        raise UnableToRevoke(_("This token has ended already."))
    token.revoked_at, token.revoked_by_id = at, by.membership_id
    token.save(update_fields=["revoked_at", "revoked_by"])
    record.happened("systems.token.recalled" if staff else "systems.token.revoked", by=by, root=token.pk)
    if staff:
        workflow.follow(RECALL, token=token, by=by, at=at)
    return token


@action
def note_use(*, token_id: UUID, address: str | None) -> None:
    """Note that a token was used and from where, once a minute at most. Called before anybody acts, for a token that was verified."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT systems_used(%s, %s::inet)", [token_id, address])


def _locked(found: SystemTokenQuerySet, token_id: UUID) -> SystemToken:
    return found.select_for_update(of=("self",)).get(pk=token_id)


def _write(
    by: Actor,
    at: datetime,
    membership_id: UUID,
    *,
    scopes: Collection[str],
    expires_at: datetime,
    networks: Collection[str],
) -> Granted:
    if not scopes or not set(scopes) <= set(Scope.values):
        raise UnableToGrant(_("Choose what the token may be used for."))
    if not at < expires_at <= at + LONGEST:
        raise UnableToGrant(_("A token is valid for 90 days at most."))
    text = secret.made()
    prefix = secret.prefix_of(text)
    assert prefix is not None
    token = SystemToken.objects.create(
        membership_id=membership_id,
        prefix=prefix,
        digest=secret.digest(text),
        scopes=[scope for scope in Scope.values if scope in scopes],
        networks=list(networks),
        granted_at=at,
        granted_by_id=by.membership_id,
        expires_at=expires_at,
    )
    record.happened("systems.token.granted", by=by, root=token.pk)
    return Granted(token=token, secret=text)
