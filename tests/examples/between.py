"""What stands between a partner and the product: it passes requests on, and can break a line at any point of one."""

from __future__ import annotations

import http.client
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Point(StrEnum):
    """Where a request is."""

    ARRIVED = "sent, and not yet with the product"
    ANSWERED = "answered by the product, and not yet with the program"
    TOLD = "with the program"


@dataclass(frozen=True)
class Said:
    """An answer instead of the product's."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


At = Callable[[Point, str, str], "Said | bool"]


@dataclass
class Between:
    """``at`` is asked at each point of each request: true breaks the line there, an answer is said instead of the product's."""

    target: int
    port: int = 0
    at: At = field(default=lambda _point, _method, _path: False)
    keys: Counter[str] = field(default_factory=Counter)
    """How often each Idempotency-Key came to the product."""
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    between: Between

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Lines break here on purpose."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.onward = http.client.HTTPConnection("127.0.0.1", self.server.between.target, timeout=60)

    def finish(self) -> None:
        self.onward.close()
        with suppress(OSError):
            super().finish()

    def answer(self) -> None:
        between = self.server.between
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = between.at(Point.ARRIVED, self.command, self.path)
        if said is True:
            self.close_connection = True
            return
        if not isinstance(said, Said):
            said = self._passed_on(body)
            if between.at(Point.ANSWERED, self.command, self.path):
                self.close_connection = True
                return
        self.send_response(said.status)
        for name, value in {**said.headers, "Content-Length": str(len(said.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.body)
        self.wfile.flush()
        if between.at(Point.TOLD, self.command, self.path):
            self.close_connection = True

    do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815  # names that the library calls

    def _passed_on(self, body: bytes) -> Said:
        between = self.server.between
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OF_THE_LINE}
        if key := self.headers.get("Idempotency-Key"):
            between.keys[key] += 1
        self.onward.request(self.command, self.path, body=body or None, headers=headers)
        response = self.onward.getresponse()
        content = response.read()
        between.statuses[response.status] += 1
        kept = {name: value for name, value in response.getheaders() if name.lower() not in _OF_THE_LINE}
        return Said(response.status, kept, content)

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


_OF_THE_LINE = {"connection", "content-length", "transfer-encoding", "date", "server"}


@contextmanager
def standing(target: int) -> Iterator[Between]:
    """Between whoever asks here and the product at that port."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.between = Between(target=target, port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.between
        finally:
            server.shutdown()
            thread.join(timeout=5)
