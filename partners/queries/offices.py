"""Offices with the people who hold them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from foundation.tenancy.models import Office, OfficeHolder
from partners.models import SeatRule
from partners.queries.people import State, state_of


@dataclass(frozen=True, kw_only=True)
class HolderRow:
    holder: OfficeHolder
    state: State


@dataclass(frozen=True, kw_only=True)
class OfficeRow:
    """An office, its holders and the rules for its seats ("Member: at most 2")."""

    office: Office
    holders: tuple[HolderRow, ...]
    rules: tuple[SeatRule, ...]


def offices(found: QuerySet[Office], *, at: datetime, all_states: bool) -> list[OfficeRow]:
    """Lines of these offices in three statements; ``all_states`` shows proposals and what begins later as well."""
    rows = list(found.order_by("kind"))
    holders: dict[UUID, list[HolderRow]] = defaultdict(list)
    held = OfficeHolder.objects.filter(office__in=rows).select_related("membership__account", "membership__authority")
    for holder in held.order_by("-capacity", "membership__account__full_name"):
        state = state_of(holder, at)
        if state is State.LIVE or (all_states and state.standing):
            holders[holder.office_id].append(HolderRow(holder=holder, state=state))
    rules = list(SeatRule.objects.in_force(at.date()).order_by("-capacity"))
    return [
        OfficeRow(
            office=office,
            holders=tuple(holders[office.pk]),
            rules=tuple(rule for rule in rules if rule.office_kind == office.kind),
        )
        for office in rows
    ]
