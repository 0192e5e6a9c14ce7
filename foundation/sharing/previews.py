"""The page of a root as the receiver of a share would see it, before it is shared and after."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from foundation import access
from foundation.access import Level, Standing
from foundation.access.models import Root, Share
from foundation.pages import rendering
from foundation.sharing import actions
from foundation.sharing.permissions import SharingPermission
from foundation.tenancy import principals
from foundation.tenancy.actors import Actor
from foundation.tenancy.choices import Role
from foundation.tenancy.models import Authority, Membership, Office, OfficeHolder
from foundation.tenancy.principals import PrincipalCard, PrincipalKind

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The page in a preview, or why there is none: ``closed`` to the role of the reader, ``failed`` on the way."""

    card: PrincipalCard
    level: Level
    role: str
    page: str = ""
    closed: bool = False
    failed: bool = False


def planned(
    root: Root,
    *,
    principal: int,
    level: Level,
    purpose: str,
    until: datetime | None,
    by: Actor,
    at: datetime,
    request: HttpRequest,
) -> Preview:
    """Share it, look, and undo both. Raises what sharing raises."""
    with access.undone():
        share_id = actions.share(
            root_id=root.pk, principal=principal, level=level, purpose=purpose, until=until, by=by, at=at
        )
        return of(Share.objects.visible_to(by).get(pk=share_id), root, by=by, at=at, request=request)


def of(share: Share, root: Root, *, by: Actor, at: datetime, request: HttpRequest) -> Preview:
    """What somebody sees who holds this live share and nothing else. Who may: managers. Raises NotThere, Forbidden."""
    card = principals.cards([share.principal_id])[share.principal_id]
    standing = standing_for(card, at=at)
    said: dict[str, Any] = {"card": card, "level": Level(share.level), "role": str(Role(standing.role).label)}
    access.require(by, SharingPermission.SHARE, root.pk)
    try:
        with access.newcomer(share.pk, by=by, standing=standing) as reader:
            return Preview(**said, page=rendering.main_part(root, request=request, reader=reader))
    except access.Forbidden:
        return Preview(**said, closed=True)
    except access.NotThere:
        raise
    except Exception:
        # The page of another app: whatever it raises, the savepoint is undone and the sharer told. Log lines carry keys alone.
        log.exception("preview failed", extra={"kind": root.kind, "root": str(root.pk)})
        return Preview(**said, failed=True)


def standing_for(card: PrincipalCard, *, at: datetime) -> Standing:
    """Where the reader works, and in which role. A person reads as that person; for an office, authority or partner stands whoever of
    its people today may do most, so that the preview never shows less than one of them sees; where nobody is, a prosecutor.
    """
    living = principals.residents([card.group], since=at, until=at)
    offices = _offices(living, at)
    authority, role, held = _authority(card), str(Role.PROSECUTOR), frozenset[str]()
    if living:
        first = max(
            living, key=lambda row: (len(access.scope({row.role, *offices[row.pk]})), -row.starts_at.timestamp())
        )
        authority, role, held = first.authority, first.role, offices[first.pk]
    if card.kind == PrincipalKind.OFFICE:
        held |= {Office.objects.values_list("kind", flat=True).get(pk=card.key)}
    return Standing(
        partner_id=card.partner_id,
        authority_id=card.partner_id if authority is None else authority.pk,
        partner_name=card.of or card.name,
        authority_name="" if authority is None else authority.name,
        role=role,
        offices=held,
        name=card.name,
    )


def _offices(living: list[Membership], at: datetime) -> dict[UUID, frozenset[str]]:
    held = OfficeHolder.objects.live(at).filter(membership__in=living).values_list("membership_id", "office__kind")
    found: dict[UUID, set[str]] = {row.pk: set() for row in living}
    for membership, kind in held:
        found[membership].add(kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}


def _authority(card: PrincipalCard) -> Authority | None:
    """Where nobody works yet: the authority itself, for a partner any of its own, which no row tells apart."""
    of_partner = Authority.objects.filter(partner=card.partner_id)
    return of_partner.filter(pk=card.authority_id).first() if card.authority_id else of_partner.first()
