"""Who holds a token: the one question of everything that answers partner systems."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection

from foundation.audit import record
from foundation.audit.models import Event
from foundation.systems import actions, networks
from foundation.systems import secret as secrets

USED = timedelta(minutes=1)
_NOBODYS = "0" * 64


class Refused(Exception):
    """This token opens nothing. To the outside that is all there is to say."""


class Why(StrEnum):
    """The verb under which a refusal is on record, for those who read the record."""

    UNKNOWN = "systems.token.unknown"
    REVOKED = "systems.token.refused_revoked"
    EXPIRED = "systems.token.refused_expired"
    ELSEWHERE = "systems.token.refused_address"
    NOT_IN_OFFICE = "systems.token.refused_system"
    NOT_RIGHTFUL = "systems.token.refused_granter"


@dataclass(frozen=True, kw_only=True)
class Bearer:
    """Whoever shows a good token: the account and the membership to act as, and what the token may be used for."""

    token_id: UUID
    account_id: UUID
    membership_id: UUID
    scopes: frozenset[str]


@dataclass(frozen=True)
class _Known:
    """What the database knows of a prefix, now: in the order of systems_token_of."""

    token_id: UUID
    digest: str
    account_id: UUID
    membership_id: UUID
    scopes: list[str]
    networks: list[str]
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None
    in_office: bool
    rightful: bool


def bearer(secret: str, *, address: str, at: datetime) -> Bearer:
    """Who holds this token, when it opens something to somebody at that address and moment; its use is noted. One statement mostly.

    Ask outside of a transaction, so that a refusal stays on record, and act as the bearer at once: rights are read anew by each
    transaction. A text that is no token, by its form and checksum, is refused without the database and leaves no record.
    Raises Refused.
    """
    prefix = secrets.prefix_of(secret)
    if prefix is None:
        raise Refused
    known = _known(prefix)
    # Also where the prefix is nobody's, so that both take the same time.
    same = hmac.compare_digest(known.digest if known else _NOBODYS, secrets.digest(secret))
    if known is None or not same:
        record.refused(Why.UNKNOWN, outcome=Event.Outcome.NOT_FOUND, membership=None)
        raise Refused
    why = _why_not(known, address, at)
    if why is not None:
        record.refused(why, outcome=Event.Outcome.FORBIDDEN, membership=known.membership_id, key=known.token_id)
        raise Refused
    if known.used_at is None or known.used_at <= at - USED:
        actions.note_use(token_id=known.token_id, address=networks.spelled(address))
    return Bearer(
        token_id=known.token_id,
        account_id=known.account_id,
        membership_id=known.membership_id,
        scopes=frozenset(known.scopes),
    )


def _why_not(known: _Known, address: str, at: datetime) -> Why | None:
    reasons = (
        (known.revoked_at is not None, Why.REVOKED),
        (known.expires_at <= at, Why.EXPIRED),
        (not known.in_office, Why.NOT_IN_OFFICE),
        (not known.rightful, Why.NOT_RIGHTFUL),
        (bool(known.networks) and not networks.within(address, known.networks), Why.ELSEWHERE),
    )
    return next((why for holds, why in reasons if holds), None)


def _known(prefix: str) -> _Known | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM systems_token_of(%s)", [prefix])
        row = cursor.fetchone()
    return None if row is None else _Known(*row)
