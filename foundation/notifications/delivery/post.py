"""Take letters to the mail server. No transaction is open while it is spoken to."""

from __future__ import annotations

import hashlib
import logging
import time
from contextlib import suppress
from email.utils import parseaddr
from functools import partial
from math import inf

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from foundation import access
from foundation.audit.record import request_id
from foundation.jobs import leases, queue
from foundation.notifications.delivery import letters, rows, smtp
from foundation.notifications.models import Delivery, Stage, Verdict

ROUND = 20.0
"""Seconds after which a worker takes no further letter, so that other work gets its turn."""
RELEASED_EVERY = 5.0
"""Seconds between two looks, within a round, for the claims of workers that are no more."""
log = logging.getLogger("wbcj.deliveries")


def deliver_due() -> int:
    """Deliver what is due, one after the other, for one round; how many were taken in hand.

    Where the mail server cannot be reached the round ends with the first letter: the others would only wait for it as well.
    """
    until, taken = time.monotonic() + ROUND, 0
    released = -inf
    while True:
        # Long rounds follow one another: what a killed worker held must not wait for the end of one.
        if time.monotonic() - released > RELEASED_EVERY:
            rows.release()
            released = time.monotonic()
        delivery = rows.claim()
        if delivery is None:
            break
        taken += 1
        if not deliver(delivery):
            return taken
        if time.monotonic() > until:
            queue.wake(rows.TASK)
            break
    return taken


def deliver(delivery: Delivery) -> bool:
    """Compose one letter acting for its reader, and hand it over; whether the mail server could be reached, or was not needed."""
    token = request_id.set(f"mail-{delivery.pk.hex[:12]}")
    try:
        letter = _composed(delivery)
        return letter is None or _handed_over(delivery, letter)
    except smtp.Overtaken:
        log.warning("overtaken", extra={"delivery": str(delivery.pk)})
        return True
    finally:
        request_id.reset(token)


def _composed(delivery: Delivery) -> letters.Letter | None:
    """The letter, and its attempt on record; none when nothing is to be sent now, which the row then says."""
    try:
        with access.acting_as(delivery.account, delivery.membership) as actor:
            at = timezone.now()
            order = letters.Order(delivery_id=delivery.pk, subject=delivery.subject, at=at, resent=delivery.resent > 0)
            composed = letters.of(delivery.letter).compose(actor, order)
            match composed:
                case letters.Letter():
                    rows.begin(delivery, at=at)
                    return composed
                case letters.Later():
                    rows.postpone(delivery, composed.at)
                case letters.Gathered():
                    rows.gather(delivery)
                case letters.Unneeded():
                    rows.drop(delivery, composed.reason)
    except (access.NotInOffice, access.Forbidden, access.NotThere):
        rows.drop(delivery, "no longer entitled")
    except Exception as error:
        log.exception("a letter has no words", extra={"letter": delivery.letter, "delivery": str(delivery.pk)})
        rows.unsent(delivery, type(error).__name__)
    return None


def _handed_over(delivery: Delivery, letter: letters.Letter) -> bool:
    message = EmailMessage(
        subject=letter.subject, body=letter.body, to=[letter.to], headers={"Message-ID": message_id(delivery.key)}
    )
    try:
        with leases.kept(partial(rows.renew, delivery)):
            outcome = smtp.hand_over(message, before_the_end=partial(rows.handing_over, delivery))
    except ValueError as error:  # an address or a subject of which no mail can be made
        outcome = smtp.Outcome(verdict=Verdict.REFUSED, stage=Stage.CONNECT, cause=type(error).__name__)
    rows.finish(delivery, outcome)
    if outcome.verdict is not Verdict.SENT:
        said = {"verdict": outcome.verdict, "stage": outcome.stage, "reply": outcome.reply, "cause": outcome.cause}
        log.warning("a mail was not sent", extra={"delivery": str(delivery.pk), **said})
    else:
        _tell_the_sender(delivery)
    return outcome.verdict is not Verdict.NOT_SENT or outcome.stage is not Stage.CONNECT


def _tell_the_sender(delivery: Delivery) -> None:
    """Whoever sends this kind of letter may put on record that it has gone."""
    sent = letters.of(delivery.letter).sent
    if sent is not None:
        with suppress(access.NotInOffice), access.acting_as(delivery.account, delivery.membership) as actor:
            sent(actor)


def message_id(key: str) -> str:
    """One for each key: a mail that arrives twice, because it was sent again on purpose, is known as the same."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"
