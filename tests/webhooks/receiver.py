"""A receiver of webhooks on loopback, over TLS, that does at will what real ones do on bad days."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "receiver.example"


@dataclass(frozen=True)
class Taken:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What it shall do (one status after the other, the last for ever), and what it has taken."""

    port: int = 0
    statuses: list[int] = field(default_factory=lambda: [204])
    answer_headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    hang: bool = False
    drip: bool = False
    drop: bool = False
    pause: float = 0
    taken: list[Taken] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    lines: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/told?of=cases"

    def named(self, name: str = NAME) -> str:
        return f"https://{name}:{self.port}/told"

    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.taken]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    receiver: Receiver
    context: ssl.SSLContext

    def get_request(self):
        line, address = super().get_request()
        self.receiver.lines += 1
        return line, address

    def handle_error(self, request, client_address) -> None:
        """Lines break here on purpose."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def setup(self) -> None:
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def do_POST(self) -> None:
        receiver = self.server.receiver
        length = int(self.headers["Content-Length"])
        headers = {name.lower(): value for name, value in self.headers.items()}
        receiver.taken.append(Taken(self.path, headers, self.rfile.read(length)))
        time.sleep(receiver.pause)
        if receiver.hang:
            receiver.over.wait(30)
        if receiver.drop or receiver.hang:
            self.close_connection = True
            return
        status = receiver.statuses.pop(0) if len(receiver.statuses) > 1 else receiver.statuses[0]
        if receiver.drip:
            self._drip(status)
            return
        self.send_response(status)
        for name, value in receiver.answer_headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(receiver.body)

    def _drip(self, status: int) -> None:
        """A byte now and then, so that no single wait is ever long."""
        with suppress(OSError):
            for byte in f"HTTP/1.1 {status} OK\r\nX-Long: {'x' * 2000}".encode():
                self.wfile.write(bytes([byte]))
                if self.server.receiver.over.wait(0.05):
                    return

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for the names and addresses of the tests that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName(
        [
            x509.DNSName(NAME),
            x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
            x509.IPAddress(ipaddress.ip_address("::1")),
        ]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "receiver.pem", folder / "receiver.key"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = serialization.PrivateFormat.PKCS8
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, pem, serialization.NoEncryption()))
    return chain, secret


@contextmanager
def listening(chain: Path, key: Path) -> Iterator[Receiver]:
    """A receiver for the length of a block."""
    receiver = Receiver()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain, key)
    context.sni_callback = lambda _line, name, _context: receiver.names.append(name)
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.receiver, server.context, receiver.port = receiver, context, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            receiver.over.set()
            server.shutdown()
            thread.join(timeout=5)
