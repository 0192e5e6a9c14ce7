"""A mail server on loopback for the tests: it takes mails, and does at will what real ones do on bad days."""

from __future__ import annotations

import random
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Sink:
    """What it shall do, and what it has taken. ``answers`` are sent in place of the usual ones; ``drops`` breaks lines by chance."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    hang_at: str = ""
    drop_at: str = ""
    drops: random.Random | None = None
    pause: float = 0
    taken: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def message_ids(self) -> list[str]:
        return [
            line[12:].strip() for text in self.taken for line in text.splitlines() if line.startswith("Message-ID: ")
        ]


USUAL = {
    "EHLO": "250-sink\r\n250 8BITMIME",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "END": "250 taken",
    "QUIT": "221 bye",
}


DROPPED = 0.03


class _Line(socketserver.StreamRequestHandler):
    """One conversation. Dropping at ``END`` is dropping after the mail was taken: the bad case."""

    server: _Server

    def handle(self) -> None:
        if not self._answer("CONNECT", "220 sink"):
            return
        while line := self.rfile.readline():
            word = line.split()[0].decode().upper() if line.split() else ""
            self.server.sink.heard.append(word)
            if not self._answer(word, USUAL.get(word, "250 ok")) or word == "QUIT":
                return
            if word == "DATA" and self.server.sink.answers.get("DATA", "354").startswith("354") and not self._text():
                return

    def _text(self) -> bool:
        sink, lines = self.server.sink, []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line or sink.drop_at == "TEXT":
                return False
            lines.append(line[1:] if line.startswith(b"..") else line)
        if sink.answers.get("END", "250").startswith("250"):
            sink.taken.append(b"".join(lines).decode())
        return self._answer("END", USUAL["END"])

    def _answer(self, word: str, usual: str) -> bool:
        sink = self.server.sink
        time.sleep(sink.pause)
        if sink.drop_at == word or (sink.drops is not None and sink.drops.random() < DROPPED):
            return False
        if sink.hang_at == word:
            sink.over.wait(20)
            return False
        self.wfile.write(f"{sink.answers.get(word, usual)}\r\n".encode())
        return True


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    sink: Sink


@contextmanager
def listening() -> Iterator[Sink]:
    """A mail server for the length of a block."""
    sink = Sink()
    with _Server(("127.0.0.1", 0), _Line) as server:
        server.sink, sink.port = sink, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            sink.over.set()
            server.shutdown()
            thread.join(timeout=5)


def eventually(true: object, *, seconds: float = 5) -> bool:
    """Whether something becomes true within these seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if callable(true) and true():
            return True
        time.sleep(0.02)
    return False
