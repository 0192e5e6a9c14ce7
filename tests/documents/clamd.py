"""A clamd that the tests run on loopback: it speaks the protocol of `man clamd` as far as a scan goes, and knows one virus."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.documents.corpus.letters import EICAR


@dataclass
class Ways:
    """How this one behaves. ``limit``: StreamMaxLength in bytes. ``seen``: bytes of each file that it took."""

    limit: int = 25 * 1024 * 1024
    drops_after: int | None = None
    silent: bool = False
    says: str | None = None
    seen: list[int] = field(default_factory=list)


class _Line(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        first = self.rfile.read(1)
        if first not in {b"z", b"n"}:
            return
        self.ends = b"\0" if first == b"z" else b"\n"
        command = bytearray()
        while not command.endswith(self.ends):
            letter = self.rfile.read(1)
            if not letter:
                return
            command += letter
        with contextlib.suppress(OSError):
            self.obey(bytes(command[:-1]))

    def obey(self, command: bytes) -> None:
        if command == b"PING":
            self.say("PONG")
        elif command == b"INSTREAM":
            self.scan()
        else:
            self.say("UNKNOWN COMMAND")

    def scan(self) -> None:
        ways: Ways = getattr(self.server, "ways")
        got, kept, found = 0, b"", False
        while True:
            (length,) = struct.unpack(">L", self.exactly(4))
            if not length:
                break
            if got + length > ways.limit:
                # What clamd does: it answers, and closes with the rest unread.
                self.say("INSTREAM size limit exceeded. ERROR")
                return
            data = self.exactly(length)
            got += length
            found = found or EICAR in kept + data
            kept = (kept + data)[-len(EICAR) :]
            if ways.drops_after is not None and got >= ways.drops_after:
                return
        ways.seen.append(got)
        if ways.silent:
            time.sleep(2)
            return
        self.say(ways.says or ("stream: Eicar-Test-Signature FOUND" if found else "stream: OK"))

    def exactly(self, length: int) -> bytes:
        data = self.rfile.read(length)
        if len(data) < length:
            raise ConnectionError
        return data

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + self.ends)


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads, allow_reuse_address = True, True


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextlib.contextmanager
def running(ways: Ways, *, path: Path | None = None) -> Iterator[str]:
    """Run it until the block ends; its address as the setting takes it."""
    server = _Unix(str(path), _Line) if path else _Tcp(("127.0.0.1", 0), _Line)
    server.ways = ways
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
