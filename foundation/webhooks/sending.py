"""One request to one receiver: https, ten seconds in all, no redirect followed, nothing of the answer kept but its number.

The line is opened to an address that was looked at just before, under the receiver's name (SNI, certificate, Host); the name is not
asked for again, and no proxy of the environment is used.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from foundation.webhooks import destinations
from foundation.webhooks.destinations import Destination
from foundation.webhooks.models import Verdict

WHOLE = 10.0
"""Seconds for everything: name, line, TLS, request and answer."""
READ = 1024
"""Bytes of an answer's body that are read, so that a receiver may end its sentence; none is kept."""
TAKEN = range(200, 300)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How it ended. ``cause`` is the type of an error, and no text of the receiver's."""

    verdict: Verdict
    status: int | None = None
    cause: str = ""
    milliseconds: int | None = None


class _Deadline:
    """Breaks a line when the time is over, whatever is being waited for on it: a receiver that sends a byte now and then, too."""

    def __init__(self, seconds: float) -> None:
        self.began = time.monotonic()
        self.seconds = seconds

    @property
    def left(self) -> float:
        return self.began + self.seconds - time.monotonic()

    @property
    def milliseconds(self) -> int:
        return round((time.monotonic() - self.began) * 1000)

    def remaining(self) -> float:
        """Seconds that are left. Raises TimeoutError when none are."""
        if self.left <= 0:
            raise TimeoutError
        return self.left

    @contextmanager
    def over(self, line: socket.socket) -> Iterator[None]:
        """Shut the line when the time is over; through a second handle, since TLS takes the first."""
        with line.dup() as handle:
            timer = threading.Timer(self.remaining(), _shut, [handle])
            timer.daemon = True
            timer.start()
            try:
                yield
            finally:
                timer.cancel()
                timer.join()


def _shut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


class _Request(http.client.HTTPConnection):
    """A request over a line that is open already."""

    def __init__(self, destination: Destination, line: socket.socket) -> None:
        super().__init__(destination.host, destination.port)
        self.default_port = 443
        self.sock = line


@cache
def _trust(more: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if more:
        context.load_verify_locations(cafile=more)
    context.set_alpn_protocols(["http/1.1"])
    return context


def post(url: str, *, headers: Mapping[str, str], body: bytes, seconds: float = WHOLE) -> Answer:
    """Send it once. Whatever happens is an answer: until the request begins to go out it was surely not sent."""
    deadline, sent = _Deadline(seconds), False
    try:
        destination = destinations.read(url)
        with _line(destination, deadline) as raw, deadline.over(raw):
            trust = _trust(settings.WBCJ_WEBHOOK_CA_FILE)
            raw.settimeout(deadline.remaining())
            with trust.wrap_socket(raw, server_hostname=destination.host) as line:
                line.settimeout(deadline.remaining())
                sent = True
                response = _answered(destination, line, headers, body)
                # Cut off by the deadline, half a head reads like a whole one.
                deadline.remaining()
                status = _ended(response)
    except destinations.Refused as refused:
        return Answer(verdict=Verdict.NOT_SENT, cause=refused.why.value, milliseconds=deadline.milliseconds)
    except (OSError, http.client.HTTPException) as error:
        cause = "TimeoutError" if deadline.left <= 0 else type(error).__name__
        verdict = Verdict.UNANSWERED if sent else Verdict.NOT_SENT
        return Answer(verdict=verdict, cause=cause, milliseconds=deadline.milliseconds)
    verdict = Verdict.SENT if status in TAKEN else Verdict.REFUSED
    return Answer(verdict=verdict, status=status, milliseconds=deadline.milliseconds)


def _line(destination: Destination, deadline: _Deadline) -> socket.socket:
    """A line to one of the addresses that were just looked at, the first that takes it."""
    addresses = destinations.resolved(destination, seconds=deadline.remaining())
    broken: OSError = TimeoutError()
    for address in addresses:
        try:
            return socket.create_connection((address, destination.port), timeout=deadline.remaining())
        except OSError as error:
            broken = error
    raise broken


def _answered(
    destination: Destination, line: socket.socket, headers: Mapping[str, str], body: bytes
) -> http.client.HTTPResponse:
    request = _Request(destination, line)
    request.request("POST", destination.target, body=body, headers=dict(headers))
    return request.getresponse()


def _ended(response: http.client.HTTPResponse) -> int:
    """The number is the answer; a body that breaks off, or never ends, changes nothing of it."""
    with suppress(OSError, http.client.HTTPException):
        response.read(READ)
    return response.status
