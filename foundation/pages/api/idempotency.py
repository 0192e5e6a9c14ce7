"""The same request again has the same answer and no second effect: Idempotency-Key.

What is kept is the receipt: keys, an address and a version, nothing of a record's content. So a key that is sent again after the
sender lost sight of the record tells nothing that it was not told before.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation import access
from foundation.pages.api import problems
from foundation.pages.models import Receipt
from foundation.tenancy.actors import Actor
from foundation.workflow.actions import action

HEADER: Final = "Idempotency-Key"
LONGEST: Final = 255
KEPT: Final = timedelta(days=30)
"""For so long a receipt is kept at least; the hourly clock forgets older ones."""
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def key_of(request: HttpRequest) -> str:
    """The key of this request; quotation marks around it, as the IETF's draft writes it, are no part of it. Raises Refused."""
    said = request.headers.get(HEADER, "").strip()
    key = said[1:-1] if len(said) > 1 and said[0] == said[-1] == '"' else said
    if not _KEY.fullmatch(key):
        raise problems.Refused(problems.NO_KEY)
    return key


def digest(request: HttpRequest, body: dict[str, Any]) -> str:
    """What makes two requests the same: method, address and what the body says, however it is spaced."""
    said = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{request.method} {request.path}\n{said}".encode()).hexdigest()


def earlier(*, by: Actor, key: str, request: str) -> Receipt | None:
    """The receipt of the same request, if it had its effect. Raises Refused while it is in flight, and when the key was another's.

    ``request`` is a digest. The lock goes with the transaction, so whoever comes after it finds the receipt.
    """
    if not access.alone(f"key:{by.membership_id}:{key}"):
        raise problems.Refused(problems.IN_FLIGHT, headers={"Retry-After": "1"})
    found = Receipt.objects.visible_to(by).filter(key=key).first()
    if found is not None and found.request != request:
        fault = problems.Fault(header=HEADER, code="spent", detail=_("This key came with another request before."))
        raise problems.Refused(problems.INVALID, faults=[fault])
    return found


@action
def remember(*, by: Actor, key: str, request: str, status: int, body: dict[str, Any], at: datetime) -> None:
    """Keep what was answered, in the transaction of the effect."""
    Receipt.objects.create(membership_id=by.membership_id, key=key, request=request, status=status, body=body, at=at)


@action
def forget_old(*, at: datetime) -> int:
    """Delete receipts past their time; how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pages_forget_receipts(%s)", [at - KEPT])
        return int(cursor.fetchone()[0])
