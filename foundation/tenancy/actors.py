"""The actor: an account acting through exactly one membership at a time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from foundation.tenancy.choices import Role


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts and for whom, as the database read it when the transaction began.

    ``principals`` are the Django groups through which this actor sees: its membership, authority and partner, and each office that
    it holds now. Two actors are equal when they are the same membership.
    """

    account_id: UUID
    membership_id: UUID
    authority_id: UUID
    partner_id: UUID
    role: str
    offices: frozenset[str]
    membership_group: int
    authority_group: int
    partner_group: int
    principals: tuple[int, ...]
    account_name: str
    authority_name: str
    partner_name: str
    time_zone: str

    @property
    def role_label(self) -> str:
        """The role in the active language, for the page header."""
        return str(Role(self.role).label)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Actor) and other.membership_id == self.membership_id

    def __hash__(self) -> int:
        return hash(self.membership_id)
