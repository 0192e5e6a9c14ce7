"""How often a token may ask, and how often a network may show a token that opens nothing.

While the cache is away nothing is limited: whoever can disturb it must not be able to close the interface.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.cache import cache

MINUTE: Final = 60
QUARTER: Final = 15 * 60


@dataclass(frozen=True, kw_only=True)
class Quota:
    """What a token has asked in the minute that runs, and for how many seconds that minute still runs."""

    most: int
    used: int
    left: int

    @property
    def exceeded(self) -> bool:
        """One too many."""
        return self.used > self.most

    def headers(self) -> dict[str, str]:
        """The fields of the IETF's draft on rate limits: the policy, what remains, and when to come back."""
        said = {
            "RateLimit-Policy": f'"token";q={self.most};w={MINUTE}',
            "RateLimit": f'"token";r={max(self.most - self.used, 0)};t={self.left}',
        }
        return said | {"Retry-After": str(self.left)} if self.exceeded else said


def taken(token_id: UUID) -> Quota:
    """Count one more request of this token."""
    now = int(time.time())
    used = _counted(f"api:token:{token_id}:{now // MINUTE}", MINUTE)
    return Quota(most=settings.WBCJ_API_REQUESTS_PER_MINUTE, used=used, left=MINUTE - now % MINUTE)


def wait_of(network: str) -> int:
    """For how many seconds no token is looked at that comes from this network; mostly none."""
    now = int(time.time())
    return QUARTER - now % QUARTER if (cache.get(_wrong(network, now)) or 0) >= settings.WBCJ_API_WRONG_TOKENS else 0


def wrong(network: str) -> None:
    """Count one more refused token from this network."""
    _counted(_wrong(network, int(time.time())), QUARTER)


def _wrong(network: str, now: int) -> str:
    return f"api:wrong:{now // QUARTER}:{network}"


def _counted(key: str, window: int) -> int:
    cache.add(key, 0, timeout=window + MINUTE)
    try:
        return cache.incr(key)
    except ValueError:
        return 0
