"""How mails stand, for technical administrators: numbers, keys and instants; no row tells to whom or about what but by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Min, Q

from foundation.notifications.models import Delivery, State

UNKNOWN = "deliveries:ambiguous"


@dataclass(frozen=True, kw_only=True)
class Number:
    """How many deliveries are in one state."""

    state: State
    count: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All deliveries in numbers."""

    numbers: tuple[Number, ...]
    overdue: int
    oldest_due_at: datetime | None
    retried: int

    def of(self, state: State) -> int:
        """How many are in that state."""
        return next(one.count for one in self.numbers if one.state is state)

    @property
    def ambiguous(self) -> int:
        """Of how many nobody knows whether they arrived."""
        return self.of(State.AMBIGUOUS)


def standing(at: datetime) -> Standing:
    """One statement."""
    due = Q(state=State.WAITING, due_at__lte=at)
    counted = {state.value: Count("pk", filter=_in(state)) for state in State}
    found = Delivery.objects.aggregate(
        **counted,
        overdue=Count("pk", filter=due),
        oldest_due_at=Min("due_at", filter=due),
        retried=Count("pk", filter=Q(state=State.WAITING, attempts__gt=0)),
    )
    numbers = tuple(Number(state=state, count=found[state.value]) for state in State)
    return Standing(
        numbers=numbers, overdue=found["overdue"], oldest_due_at=found["oldest_due_at"], retried=found["retried"]
    )


def _in(state: State) -> Q:
    """What a digest carries does not wait any more: it stands where its digest stands."""
    return Q(state=state, carried_by=None) if state is State.GATHERED else Q(state=state)


def unknown() -> int:
    """Of how many mails nobody knows whether they arrived: for the head of pages, a minute old at most."""
    count = cache.get(UNKNOWN)
    if count is None:
        count = Delivery.objects.filter(state=State.AMBIGUOUS).count()
        cache.set(UNKNOWN, count, 60)
    return int(count)


def of_state(state: State, *, limit: int = 100) -> list[Delivery]:
    """The newest that ended so; of those that have not ended, the longest waiting."""
    found = Delivery.objects.filter(_in(state))
    waits = state in (State.WAITING, State.GATHERED, State.SENDING)
    return list(found.order_by("due_at" if waits else "-ended_at", "pk")[:limit])
