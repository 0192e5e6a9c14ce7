"""How many lines of an inbox are new: for the head of every page, remembered for a minute so that no page pays for it twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.core.cache import cache
from django.db import transaction

from foundation import access
from foundation.notifications.models import Notice
from foundation.tenancy.actors import Actor

MOST = 99
SECONDS = 60


def shown(actor: Actor) -> str:
    """The number, "99+" for more, nothing for none. A minute old at most; what the actor does oneself shows at once."""
    key = _key(actor.membership_id)
    count = cache.get(key)
    if count is None:
        if access.current_actor() != actor:  # the page of an error, shown when the transaction has ended
            return ""
        unread = Notice.objects.visible_to(actor).unread()
        count = len(unread.values_list("pk", flat=True)[: MOST + 1])
        cache.set(key, count, SECONDS)
    return "" if not count else f"{MOST}+" if count > MOST else str(count)


def forget_after_commit(memberships: Iterable[UUID]) -> None:
    """Count anew for these, once what changed is there for all to see."""
    keys = [_key(one) for one in memberships]
    if keys:
        transaction.on_commit(partial(cache.delete_many, keys), robust=True)


def _key(membership_id: UUID) -> str:
    return f"unread:{membership_id}"
