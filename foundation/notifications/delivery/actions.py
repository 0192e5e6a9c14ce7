"""What an administrator may do with a mail: send it again, on purpose and on record, and nothing else."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from foundation import access
from foundation.audit import record
from foundation.notifications.delivery import queries, rows
from foundation.notifications.models import Delivery, State
from foundation.notifications.permissions import NotificationsPermission
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action
from foundation.workflow.refusals import Refusal

UNFINISHED = frozenset({State.AMBIGUOUS, State.REFUSED, State.FAILED})
"""Ended without anybody knowing that the mail arrived."""
AT_ONCE: Final = 500
"""Of so many mails one event of the record holds the keys."""


class UnableToSendAgain(Refusal):
    """The mail cannot be sent again; the message is fit for the user."""


@action
def send_given_up_again(*, by: Actor, at: datetime) -> int:
    """Let every mail that was given up go out again: it has surely not arrived. How many.

    Who may: technical administrators. Raises Forbidden, UnableToSendAgain when there is none.
    """
    access.require(by, NotificationsPermission.SEND_AGAIN)
    given_up = list(Delivery.objects.filter(state=State.FAILED).select_for_update().values_list("pk", flat=True))
    if not given_up:
        raise UnableToSendAgain(_("No mail is given up, or somebody started them again already."))
    for start in range(0, len(given_up), AT_ONCE):
        keys = given_up[start : start + AT_ONCE]
        found = Delivery.objects.filter(pk__in=keys)
        found.update(state=State.WAITING, due_at=at, ended_at=None, attempts=0, outcome="", token=None)
        record.happened("notifications.deliveries.sent_again", by=by, roots=keys)
    rows.hint_after_commit()
    return len(given_up)


@action
def send_again(*, delivery_id: UUID, by: Actor, at: datetime) -> None:
    """Let a mail that is ambiguous, refused or given up go out again, composed anew for its reader, under the same Message-ID.

    An ambiguous one goes whatever the reader's wishes are now, since it may have arrived; the others follow them. Nothing is sent of
    what was read meanwhile or is not visible any more.
    Who may: technical administrators. Raises Forbidden, Delivery.DoesNotExist, UnableToSendAgain.
    """
    access.require(by, NotificationsPermission.SEND_AGAIN)
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if delivery.state not in UNFINISHED:
        raise UnableToSendAgain(_("This mail is on its way, has arrived, or was started again by somebody already."))

    delivery.resent += delivery.state == State.AMBIGUOUS
    delivery.state, delivery.due_at, delivery.ended_at = State.WAITING, at, None
    delivery.attempts, delivery.outcome, delivery.token = 0, "", None
    delivery.save(update_fields=["resent", "state", "due_at", "ended_at", "attempts", "outcome", "token"])
    record.happened("notifications.delivery.sent_again", by=by, root=delivery.pk)
    transaction.on_commit(partial(cache.delete, queries.UNKNOWN), robust=True)
    rows.hint_after_commit()
