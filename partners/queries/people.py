"""Memberships as lines of a page: who, in what function, since when, in what state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.tenancy.models import Membership, OfficeHolder
from foundation.tenancy.querysets import MembershipQuerySet


class State(TextChoices):
    """How an appointment stands at a moment."""

    LIVE = "live", _("In office")
    FUTURE = "future", _("Begins later")
    WAITING = "waiting", _("Waits for confirmation")
    REFUSED = "refused", _("Refused or withdrawn")
    ENDED = "ended", _("Ended")

    @property
    def tone(self) -> str:
        """Its look as a pill."""
        return {"live": "good", "future": "progress", "waiting": "waiting", "refused": "bad"}.get(self.value, "closed")

    @property
    def standing(self) -> bool:
        """Can it still be ended?"""
        return self in {State.LIVE, State.FUTURE, State.WAITING}


def state_of(appointment: Membership | OfficeHolder, at: datetime) -> State:
    """How this appointment stands at that moment."""
    ends_at = appointment.ends_at
    over = ends_at is not None and (ends_at <= at or ends_at <= appointment.starts_at)
    if appointment.confirmed_at is None:
        return State.REFUSED if over else State.WAITING
    if over:
        return State.ENDED
    return State.LIVE if appointment.starts_at <= at else State.FUTURE


def in_state(state: State, at: datetime) -> Q:
    """The appointments of which ``state_of`` says so, asked of the database."""
    over = Q(ends_at__isnull=False) & (Q(ends_at__lte=at) | Q(ends_at__lte=F("starts_at")))
    standing = Q(ends_at__isnull=True) | Q(ends_at__gt=at) & Q(ends_at__gt=F("starts_at"))
    confirmed, proposed = Q(confirmed_at__isnull=False), Q(confirmed_at__isnull=True)
    return {
        State.LIVE: confirmed & standing & Q(starts_at__lte=at),
        State.FUTURE: confirmed & standing & Q(starts_at__gt=at),
        State.WAITING: proposed & standing,
        State.REFUSED: proposed & over,
        State.ENDED: confirmed & over,
    }[state]


@dataclass(frozen=True, kw_only=True)
class MembershipRow:
    """One membership; ``offices`` names what is held through it now."""

    membership: Membership
    state: State
    offices: tuple[OfficeHolder, ...]
    may_administer: bool


def memberships(
    found: MembershipQuerySet, *, at: datetime, administered: UUID | None, all_states: bool
) -> list[MembershipRow]:
    """Lines of these memberships, live ones first, in two statements.

    ``administered`` is the partner whose people the reader administers; ``all_states`` shows those of that partner which do not stand
    (proposed, ended) as well.
    """
    rows = list(found.with_names().order_by("account__full_name", "-starts_at"))
    held = _held(rows, at)
    lines = [
        MembershipRow(
            membership=membership,
            state=state_of(membership, at),
            offices=tuple(held[membership.pk]),
            may_administer=membership.authority.partner_id == administered,
        )
        for membership in rows
    ]
    shown = [line for line in lines if line.state is State.LIVE or (all_states and line.may_administer)]
    order = list(State)
    return sorted(shown, key=lambda line: order.index(line.state))


def _held(rows: Iterable[Membership], at: datetime) -> dict[UUID, list[OfficeHolder]]:
    held: dict[UUID, list[OfficeHolder]] = defaultdict(list)
    live = OfficeHolder.objects.live(at).filter(membership__in=[row.pk for row in rows]).select_related("office")
    for holder in live.order_by("office__kind"):
        held[holder.membership_id].append(holder)
    return held
