"""One line to the installation: asks, and asks again while the answer is a matter of time."""

from __future__ import annotations

import http.client
import json
import random
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from partner_system.settings import Place

TIMEOUT = 30.0
"""Seconds without a byte after which a line counts as lost."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
AWAY = {429, 500, 502, 503, 504}
"""Over after a while. Whether the request had its effect is unknown, so it is sent again as it was: same key, same version."""
NOT_CHANGED = 304
LARGEST = 32 * 2**20


class GivenUp(Exception):
    """No answer for as long as we were told to be patient. Nothing is lost: run again later."""


class TokenRefused(Exception):
    """The token opens nothing: unknown, expired, revoked, or used from an address that was not allowed."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    data: dict[str, Any]
    headers: Mapping[str, str]
    """Names in lower case."""

    @property
    def fine(self) -> bool:
        """The act is done, or this is what stands there."""
        return 200 <= self.status < 300  # noqa: PLR2004  # the class of a status

    @property
    def problem(self) -> str:
        """The word that programs compare; empty where there is no problem."""
        return str(self.data.get("type", "")).removeprefix("urn:wbcj:problem:")

    @property
    def told(self) -> str:
        """The problem for people: what is wrong, and where."""
        lines = [f"{self.status} {self.data.get('title', 'no reason given')}: {self.data.get('detail', '')}"]
        for fault in self.data.get("errors", ()):
            place = fault.get("pointer") or fault.get("parameter") or fault.get("header") or "the request"
            lines.append(f"  {place}: {fault.get('detail', '')}")
        return "\n".join(lines)

    @property
    def passes(self) -> bool:
        """It may read otherwise in a moment."""
        return self.status in AWAY or self.problem == "in-flight"


class Line:
    """Asks with the token. ``patience``: for so many seconds in all a request is sent again before we give up."""

    def __init__(self, place: Place, *, patience: float) -> None:
        self._place, self._patience = place, patience
        parts = urlsplit(place.address)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        # The certificate is checked against the machine's authorities; SSL_CERT_FILE names others.
        self._connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)

    def ask(self, method: str, address: str, *, body: str | None = None, headers: Mapping[str, str]) -> Answer:
        """The answer, whatever it is. Raises GivenUp, TokenRefused."""
        until, pause, why = time.monotonic() + self._patience, FIRST_PAUSE, ""
        while True:
            wait = pause * random.uniform(0.5, 1.5)  # noqa: S311  # spreads those who wait
            try:
                answer = self._once(method, address, body, headers)
            except (OSError, http.client.HTTPException, ValueError) as error:
                self._connection.close()
                why = f"{type(error).__name__} ({error})"
            else:
                if not answer.passes:
                    return _allowed(answer)
                why = answer.told
                wait = max(wait, _seconds(answer.headers.get("retry-after", "")))
            if time.monotonic() + wait > until:
                raise GivenUp(f"{method} {address}: {why}")
            print(f"  {why}. Again in {wait:.1f} s.", file=sys.stderr)
            time.sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)

    def read(self, address: str, *, etag: str = "") -> Answer:
        """What stands at an address; 304 when it is what we hold."""
        return self.ask("GET", address, headers={"If-None-Match": etag} if etag else {})

    def _once(self, method: str, address: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        if not address.startswith("/"):
            # An address of another host would be given our token.
            raise GivenUp(f"{address} is no address of this installation.")
        said = {"Authorization": f"Bearer {self._place.token}", "Accept": "application/json", **headers}
        if body is not None:
            said["Content-Type"] = "application/json"
        self._connection.request(method, address, body=None if body is None else body.encode(), headers=said)
        response = self._connection.getresponse()
        content = response.read(LARGEST)
        found = {name.lower(): value for name, value in response.getheaders()}
        # An answer that is no JSON is none of the product's: something in between said it. ValueError, so it is asked again.
        data = json.loads(content) if content else {}
        if not isinstance(data, dict):
            raise http.client.HTTPException("an answer that is no object")
        return Answer(status=response.status, data=data, headers=found)


def _allowed(answer: Answer) -> Answer:
    """Raises TokenRefused, and GivenUp for a redirect: the token goes to the address that was named and to no other."""
    if answer.status == http.client.UNAUTHORIZED:
        raise TokenRefused
    if 300 <= answer.status < 400 and answer.status != NOT_CHANGED:  # noqa: PLR2004  # the class of a status
        raise GivenUp("The address of the installation leads elsewhere: correct WBCJ_URL.")
    return answer


def _seconds(said: str) -> float:
    return float(said) if said.isdecimal() else 0.0
