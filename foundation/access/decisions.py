"""Two questions decide an act: may this role do it at all, and does a share of the right level reach this root."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from foundation.access import context
from foundation.access.ledger import Forbidden
from foundation.access.levels import Level, Permission
from foundation.access.querysets import live
from foundation.tenancy.actors import Actor

_may: dict[str, frozenset[Permission]] = {}


def install(roles: Mapping[str, frozenset[Permission]]) -> None:
    """Take over the page of roles: which permissions a membership's role and the offices it holds give."""
    _may.clear()
    _may.update(roles)


def role_allows(actor: Actor, permission: Permission) -> bool:
    """The first question alone."""
    return any(permission in _may.get(word, frozenset()) for word in (actor.role, *actor.offices))


def scope(words: Iterable[str]) -> frozenset[Permission]:
    """All that a role and offices together may do."""
    return frozenset().union(*(_may.get(word, frozenset()) for word in words))


def levels(actor: Actor, roots: Iterable[UUID]) -> dict[UUID, Level | None]:
    """The actor's level on each root, in at most one statement."""
    state = context.current(actor)
    wanted = list(roots)
    known = state.known_levels()
    unknown = [key for key in wanted if key not in known]
    if unknown:
        table = apps.get_model("access", "RootGrant")
        found = dict(
            table._default_manager.filter(live(), content_object__in=unknown, group__in=state.actor.principals)
            .values_list("content_object")
            .annotate(Max("level"))
        )
        read = {key: Level(found[key]) if key in found else None for key in unknown}
        state.remember_levels(read)
        known |= read
    return {key: known[key] for key in wanted}


def level(actor: Actor, root_id: UUID) -> Level | None:
    """The highest level that reaches this actor on that root, none when it does not see it."""
    return levels(actor, [root_id])[root_id]


def _root_key(record: models.Model | UUID) -> UUID:
    if isinstance(record, UUID):
        return record
    return getattr(record, "root_id", None) or record.pk  # type: ignore[no-any-return]  # keys are uuids


def allowed(actor: Actor, permission: Permission, record: models.Model | UUID | None = None) -> bool:
    """May this actor do this, to this record (a root, the record behind it, or a child row)?"""
    if not role_allows(actor, permission):
        return False
    if permission.level is None:
        return True
    if record is None:
        raise TypeError(f"{permission} needs a record to be decided on")
    reached = level(actor, _root_key(record))
    return reached is not None and reached >= permission.level


def require(actor: Actor, permission: Permission, record: models.Model | UUID | None = None) -> None:
    """Raise Forbidden unless allowed."""
    if not allowed(actor, permission, record):
        raise Forbidden(_("Your role or your share does not allow this."))


def checker(actor: Actor, roots: Iterable[UUID]) -> Callable[[UUID], Callable[[Permission], bool]]:
    """For lists: one statement for all roots, then plain answers."""
    levels(actor, roots)

    def may(root_id: UUID) -> Callable[[Permission], bool]:
        return lambda permission: allowed(actor, permission, root_id)

    return may
