"""How long ended mails are kept: rows of keys and instants, with the conversations with the mail server."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from foundation.notifications.models import ENDED, Attempt, Delivery
from foundation.workflow.actions import action

KEPT: Final = timedelta(days=180)
"""So long somebody may ask whether a mail left the house. It is far longer than anything that makes a mail looks back for its key."""
AT_ONCE: Final = 2_000


@action
def forget_old(*, at: datetime) -> int:
    """Delete mails that ended long ago, however they ended, with their attempts; how many.

    A digest goes after the notices that it carried. What waits, is gathered or is being sent stays.
    """
    carries = Delivery.objects.filter(carried_by=OuterRef("pk"))
    old = Delivery.objects.filter(state__in=ENDED, ended_at__lt=at - KEPT).exclude(Exists(carries))
    # Locked, and looked at once more then: somebody may send one again at this moment.
    keys = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_ONCE])
    Attempt.objects.filter(delivery__in=keys).delete()
    Delivery.objects.filter(pk__in=keys).delete()
    return len(keys)
