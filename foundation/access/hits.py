"""How many rows of a narrowed list fit, counted no further than anybody needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from foundation.access import places
from foundation.access.cursors import WALK, Order
from foundation.access.models import Root
from foundation.access.querysets import RootQuerySet

if TYPE_CHECKING:
    from foundation.tenancy.actors import Actor

MOST: Final = 1000
FOUND: Final = 200
"""A search counts its results so far: each is looked up, where a filter passes over what it walks by."""


@dataclass(frozen=True)
class Hits:
    """How many fit. ``capped``: there are more than ``number``. ``cut``: beyond what was looked through there may be others."""

    number: int
    capped: bool = False
    cut: bool = False


def of_filters(
    found: RootQuerySet[Any], actor: Actor, *, order: Order = Order.ACTIVITY, walk: int = WALK, most: int = MOST
) -> Hits:
    """How many of the newest ``walk`` rows that the actor sees this filtered queryset leaves; two statements at most."""
    kinds = [str(found.model.ROOT_KIND)]
    keys = places.newest_keys(actor, kinds, order, None, walk)
    number = found.filter(pk__in=keys).order_by().values("pk")[: most + 1].count()
    if number > most:
        return Hits(most, capped=True)
    return Hits(number, cut=places.end_of_walk(actor, kinds, order, None, walk) is not None)


def of_search(actor: Actor, *, text: str, kinds: Sequence[str]) -> Hits:
    """How many roots of these kinds, which the actor sees, hold every word of the text; one statement."""
    words = places.words_of(text)
    if not words:
        return Hits(0)
    keys = places.found_keys(actor, words, kinds, None, FOUND + 1)
    number = Root.objects.filter(pk__in=keys).count()
    return Hits(min(number, FOUND), capped=number > FOUND)
