"""A receiver of webhooks on loopback: what is believed is kept before it is answered, each delivery once."""

from __future__ import annotations

import sqlite3
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from partner_system import store, webhooks
from partner_system.webhooks import Event, NotBelieved

LARGEST = 64 * 1024
TAKEN, TOO_LARGE, AWAY = 204, 413, 503


def keep(register: sqlite3.Connection, event: Event, body: bytes) -> bool:
    """Write it down; false when this delivery was taken before, and nothing is to be done."""
    kept = register.execute(
        "INSERT OR IGNORE INTO delivery (id, event, body, arrived_at) VALUES (?, ?, ?, ?)",
        [event.id, event.type, body.decode(), store.now()],
    )
    return bool(kept.rowcount)


class Receiver(ThreadingHTTPServer):
    """Listens on loopback: what comes from outside ends at your own front, which hands it on."""

    daemon_threads = True
    block_on_close = False

    def __init__(
        self, port: int, *, path: Path, keys: tuple[bytes, ...], context: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(("127.0.0.1", port), Delivery)
        self.path, self.keys, self.context = path, keys, context


class Delivery(BaseHTTPRequestHandler):
    """One delivery: 204 once it is kept, also when it was kept before; anything else and it comes again."""

    server: Receiver
    timeout = 10
    server_version, sys_version = "register", ""

    def setup(self) -> None:
        """TLS, where we were given a certificate; in the thread of this line, so that a slow one holds up nobody."""
        if self.server.context is not None:
            self.request.settimeout(self.timeout)
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def do_POST(self) -> None:
        """Believe it, keep it, answer."""
        self.send_response(self._taken())
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _taken(self) -> int:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            return TOO_LARGE
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            event = webhooks.verified(self.server.keys, headers, body)
            with store.register(self.server.path) as register:
                new = keep(register, event, body)
        except NotBelieved as error:
            print(f"refused: {error}", flush=True)
            return error.status
        except sqlite3.Error as error:
            print(f"the register could not be written: {type(error).__name__}", flush=True)
            return AWAY
        print(f"{event.id} {event.type}{'' if new else ', known already'}", flush=True)
        return TAKEN

    def log_message(self, *_arguments: object) -> None:
        """What matters is printed above."""
