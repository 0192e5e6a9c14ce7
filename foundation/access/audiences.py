"""For whom a row of a root is written, seen from its writer."""

from __future__ import annotations

from foundation.access.ledger import NotThere
from foundation.tenancy.actors import Actor

EVERYONE, PARTNER, AUTHORITY, SELF = "everyone", "partner", "authority", "self"
"""The words of every form that asks for an audience; the wider ones include the writer."""


def group_of(audience: str, by: Actor) -> int | None:
    """The principal that stands for an audience; none for everyone on the root."""
    groups: dict[str, int | None] = {
        EVERYONE: None,
        PARTNER: by.partner_group,
        AUTHORITY: by.authority_group,
        SELF: by.membership_group,
    }
    return groups[audience]


def word_of(group: int | None, reader: Actor) -> str:
    """The audience of a row in the words of somebody who reads it, who therefore belongs to it.

    Raises NotThere for the group of anybody else: whoever holds such a row (of an authority that they left) is told nothing.
    """
    words = {
        None: EVERYONE,
        reader.partner_group: PARTNER,
        reader.authority_group: AUTHORITY,
        reader.membership_group: SELF,
    }
    if group not in words:
        raise NotThere
    return words[group]
