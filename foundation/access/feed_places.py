"""Places in the feed of changes: sealed, so that they do not tell how much happens elsewhere, and good for one membership alone."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

LONGEST: Final = 1000
"""Characters of a place; ours are shorter."""
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)


class BadPlace(ValueError):
    """The text is no place that this membership was given."""


class PlaceTooOld(Exception):
    """What followed the place is not kept any more, or is not what it was: the lists have to be read anew."""


class Phase(StrEnum):
    """What is read: first what is visible, after the end of an office what it left behind, and then the changes."""

    VISIBLE = "v"
    FORMER = "f"
    CHANGES = "c"


@dataclass(frozen=True, kw_only=True)
class Place:
    """How far a client has read. Each part moves with what concerns the client, so that it stands still while others work.

    ``xid`` and ``row``: the last change. ``until`` and ``share``: the last share that ended by the clock. ``turn``: the instant up to
    which appointments were looked at. ``day``: nothing that was written before is still to be read. ``at``, ``root``, ``principal``:
    how far the other phases are.
    """

    life: str
    kinds: str
    day: date
    xid: int
    row: int
    until: datetime
    share: UUID
    turn: datetime
    phase: Phase = Phase.CHANGES
    fresh: bool = False
    at: datetime | None = None
    root: UUID = FIRST
    principal: int = 0

    def sealed(self, membership: UUID) -> str:
        """As the client keeps it. The same place of the same membership is always the same text."""
        words = json.dumps([_word(value) for value in asdict(self).values()], separators=(",", ":"))
        sealed = _ciphers()[0].encrypt(words.encode(), [membership.bytes])
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    @classmethod
    def opened(cls, text: str, membership: UUID) -> Self:
        """The place behind a text. Raises BadPlace."""
        if len(text) > LONGEST:
            raise BadPlace
        try:
            sealed = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        except (UnicodeEncodeError, binascii.Error) as error:
            raise BadPlace from error
        for cipher in _ciphers():
            try:
                words = json.loads(cipher.decrypt(sealed, [membership.bytes]))
            except (InvalidTag, ValueError):
                continue
            return cls._of(words)
        raise BadPlace

    @classmethod
    def _of(cls, words: list[Any]) -> Self:
        if len(words) != len(fields(cls)):
            # Sealed by another version of the product.
            raise BadPlace
        known: dict[str, Any] = dict(zip((field.name for field in fields(cls)), words, strict=True))
        at = known["at"]
        return cls(
            **known
            | {
                "day": date.fromisoformat(known["day"]),
                "until": datetime.fromisoformat(known["until"]),
                "share": UUID(known["share"]),
                "turn": datetime.fromisoformat(known["turn"]),
                "phase": Phase(known["phase"]),
                "at": None if at is None else datetime.fromisoformat(at),
                "root": UUID(known["root"]),
            }
        )

    def moved(self, **changes: Any) -> Self:
        """The place after it."""
        return replace(self, **changes)


def _word(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, (UUID, Phase)) else value


def _ciphers() -> tuple[AESSIV, ...]:
    """The cipher of today, and those of keys that were replaced."""
    return tuple(_cipher(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _cipher(key: str) -> AESSIV:
    return AESSIV(hashlib.sha512(f"foundation.access.feed_places|{key}".encode()).digest())
