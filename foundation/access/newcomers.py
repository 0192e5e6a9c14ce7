"""What somebody would see who holds one share and nothing else: for the preview of a share, and undone with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from foundation.access import context, ledger
from foundation.tenancy.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a newcomer is like in everything but sight: where it works, in which role, with which offices."""

    partner_id: UUID
    authority_id: UUID
    partner_name: str
    authority_name: str
    role: str
    offices: frozenset[str]
    name: str


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in the block is undone at its end: rows, the context, and what was to follow the commit."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def newcomer(share_id: UUID, *, by: Actor, standing: Standing) -> Iterator[Actor]:
    """Act as somebody who holds a copy of this live share and nothing else; undone at the end of the block.

    Its principal, membership and account exist nowhere but in the savepoint, and the database lets no transaction commit that still
    holds them. Rows for an audience are not among what it reads, not even those of the partner that it is said to work for. Who may:
    managers of the root. Raises NotThere, Forbidden.
    """
    with undone():
        actor = _enter(share_id, by, standing)
        with context.entered(actor):
            yield actor


def _enter(share_id: UUID, by: Actor, standing: Standing) -> Actor:
    principal, membership = ledger.newcomer(by=by, share_id=share_id)
    return Actor(
        account_id=uuid4(),
        membership_id=membership,
        authority_id=standing.authority_id,
        partner_id=standing.partner_id,
        role=standing.role,
        offices=standing.offices,
        # All one: the groups of the authority and partner have sight and rows of their own.
        membership_group=principal,
        authority_group=principal,
        partner_group=principal,
        principals=(principal,),
        account_name=standing.name,
        authority_name=standing.authority_name,
        partner_name=standing.partner_name,
        time_zone=by.time_zone,
    )
