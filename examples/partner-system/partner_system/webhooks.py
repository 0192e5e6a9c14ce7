"""Whether a delivery comes from whoever holds our secret, and is fresh. The form is Standard Webhooks; see docs/webhooks.md."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TOLERANCE = 300
"""Seconds by which a timestamp may be off, so that nobody sends us an old delivery again."""
PREFIX, SCHEME = "whsec_", "v1,"
_ID = re.compile(r"[\x21-\x2d\x2f-\x7e]{1,200}")
"""No dot in it: the dot parts it from the timestamp in what is signed."""


class NotBelieved(Exception):
    """The delivery is not taken; the message says why and shows no secret."""

    status = 400


class NotSigned(NotBelieved):
    """None of its signatures was made with a secret of ours."""

    status = 401


@dataclass(frozen=True, kw_only=True)
class Event:
    """What a delivery tells: that something changed, and where it is read."""

    id: str
    type: str
    data: Mapping[str, Any]


def keys_of(said: str) -> tuple[bytes, ...]:
    """The secrets, parted by blanks: two while one replaces the other. Raises NotBelieved."""
    try:
        keys = tuple(base64.b64decode(one.removeprefix(PREFIX), validate=True) for one in said.split())
    except binascii.Error:
        raise NotBelieved("A webhook's secret is whsec_ and base64.") from None
    if not keys or not all(keys):
        raise NotBelieved("There is no webhook's secret.")
    return keys


def verified(keys: tuple[bytes, ...], headers: Mapping[str, str], body: bytes, *, now: float | None = None) -> Event:
    """The event. Names of headers are lower case, ``body`` is as it came, byte for byte. Raises NotBelieved."""
    message, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not _ID.fullmatch(message) or not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise NotBelieved("It has no usable webhook-id and webhook-timestamp.")
    _signed(keys, headers.get("webhook-signature", ""), f"{message}.{timestamp}.".encode() + body)
    if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE:
        raise NotBelieved("It is too old, or from the future.")
    return _event(message, body)


def _signed(keys: tuple[bytes, ...], header: str, signed: bytes) -> None:
    expected = [base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()) for key in keys]
    given = [one.removeprefix(SCHEME).encode() for one in header.split() if one.startswith(SCHEME)]
    # In a time that tells nothing of how far a guess was right.
    found = [hmac.compare_digest(one, other) for one in expected for other in given]
    if not any(found):
        raise NotSigned("It is not signed with this secret.")


def _event(message: str, body: bytes) -> Event:
    try:
        said = json.loads(body)
        return Event(id=message, type=str(said["type"]), data=dict(said["data"]))
    except (ValueError, KeyError, TypeError):
        raise NotBelieved("It is signed and fresh, and no event.") from None
