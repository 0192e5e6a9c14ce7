"""Take deliveries to their receivers. No transaction is open while one is spoken to."""

from __future__ import annotations

import json
import logging
import time
from datetime import datetime

from django.utils import timezone

from foundation import access
from foundation.access.models import Root
from foundation.audit.record import request_id
from foundation.documents.refusals import Broken, Unreachable
from foundation.jobs import queue
from foundation.tenancy.actors import Actor
from foundation.webhooks import events, rows, sending, signing
from foundation.webhooks.models import Verdict
from foundation.webhooks.rows import Claimed

ROUND = 20.0
"""Seconds after which a worker takes no further delivery, so that other work gets its turn."""
AGENT = "WBCJ-Coordination-Webhooks"
log = logging.getLogger("wbcj.webhooks")


class Unsigned(Exception):
    """The secret does not open: its master key is not given, or it was damaged."""


def deliver_due() -> int:
    """Deliver what is due, one after the other, for one round; how many were taken in hand.

    One that fails leaves its receiver in peace for a while, so that a receiver that is away costs a round one attempt.
    """
    rows.release()
    until, taken = time.monotonic() + ROUND, 0
    while (claimed := rows.claim()) is not None:
        taken += 1
        deliver(claimed)
        if time.monotonic() > until:
            queue.wake(rows.TASK)
            break
    return taken


def deliver(claimed: Claimed) -> None:
    """Ask acting as the system whether it sees the root now, and send."""
    token = request_id.set(f"hook-{claimed.delivery_id.hex[:12]}")
    try:
        _deliver(claimed)
    finally:
        request_id.reset(token)


def _deliver(claimed: Claimed) -> None:
    why = _against(claimed)
    if why:
        rows.drop(claimed, why)
        return
    body = body_of(claimed)
    try:
        headers = _headers(claimed, body, timezone.now())
    except Unsigned:
        log.exception("a webhook cannot be signed", extra={"subscription": str(claimed.subscription_id)})
        rows.drop(claimed, "no key")
        return
    answer = sending.post(claimed.url, headers=headers, body=body)
    rows.finish(claimed, answer)
    if answer.verdict is not Verdict.SENT:
        said = {"verdict": answer.verdict.value, "status": answer.status, "cause": answer.cause}
        log.warning("a webhook was not delivered", extra={"delivery": str(claimed.delivery_id), **said})


def _against(claimed: Claimed) -> str:
    """Why the system is told nothing now; empty when it is."""
    try:
        with access.acting_as(claimed.account_id, claimed.membership_id) as actor:
            return "" if _sees(actor, claimed) else "not visible any more"
    except access.NotInOffice:
        return "system has ended"


def _sees(actor: Actor, claimed: Claimed) -> bool:
    if claimed.root is None:
        return True
    if claimed.audience is not None and claimed.audience not in actor.principals:
        return False
    return Root.objects.visible_to(actor).filter(pk=claimed.root).exists()


def body_of(claimed: Claimed) -> bytes:
    """What is sent: the same bytes at every attempt. Keys and a link, never a word of the record."""
    key = claimed.root or claimed.subscription_id
    data = {"id": str(key), "kind": claimed.kind, "url": events.link(claimed.kind, key)}
    said = {"type": claimed.event, "timestamp": claimed.created_at.isoformat(), "data": data}
    return json.dumps(said, separators=(",", ":")).encode()


def _headers(claimed: Claimed, body: bytes, at: datetime) -> dict[str, str]:
    timestamp = int(at.timestamp())
    try:
        secrets = [signing.opened(kept, claimed.subscription_id) for kept in claimed.secrets]
    except (Broken, Unreachable) as error:
        raise Unsigned from error
    return {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "webhook-id": claimed.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signing.signatures(secrets, message_id=claimed.message_id, timestamp=timestamp, body=body),
    }
