"""A mail server on loopback with bad days: it refuses for now, hangs up, and takes a mail and drops the line unanswered."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Mood(StrEnum):
    """How one conversation goes."""

    WELL = "well"
    NOT_NOW = "451 instead of taking it"
    BUSY = "450 for the recipient"
    HANGS_UP = "hangs up within the text"
    TAKES_AND_DROPS = "takes it and drops the line"


ID = b"Message-ID: "
BAD_DAYS = ((Mood.NOT_NOW, 0.03), (Mood.BUSY, 0.03), (Mood.HANGS_UP, 0.02), (Mood.TAKES_AND_DROPS, 0.04))


@dataclass
class Sink:
    """What it has taken, by Message-ID: how often, and which of them without an answer."""

    chance: Random
    port: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    unanswered: set[str] = field(default_factory=set)
    cut: set[str] = field(default_factory=set)
    """Of which the line was dropped within the text: surely not taken, though the sender may have sent all of it by then."""
    moods: Counter[Mood] = field(default_factory=Counter)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def mood(self) -> Mood:
        """Of the next conversation."""
        with self._turn:
            mark, mood = self.chance.random(), Mood.WELL
            for bad, share in BAD_DAYS:
                mark -= share
                if mark < 0:
                    mood = bad
                    break
            self.moods[mood] += 1
            return mood

    def take(self, text: bytes, *, answered: bool) -> None:
        """The final dot has come: the mail is ours from now on, whatever is answered."""
        key = _key(text)
        with self._turn:
            self.taken[key] += 1
            if not answered:
                self.unanswered.add(key)


def _key(text: bytes) -> str:
    lines = (line for line in text.splitlines() if line.startswith(ID))
    return next((line.removeprefix(ID).strip().decode() for line in lines), "none")


class _Line(socketserver.StreamRequestHandler):
    """One conversation."""

    timeout = 60
    server: _Server

    def handle(self) -> None:
        """Answer until the other side leaves, or the mood says otherwise."""
        mood = self.server.sink.mood()
        try:
            self._say("220 sink")
            while line := self.rfile.readline():
                word = line[:4].upper().strip()
                if not self._answered(word, mood) or word == b"QUIT":
                    return
        except OSError:
            return

    def _answered(self, word: bytes, mood: Mood) -> bool:
        if word == b"RCPT" and mood is Mood.BUSY:
            self._say("450 busy")
        elif word == b"DATA":
            self._say("354 go on")
            return self._text(mood)
        else:
            self._say("221 bye" if word == b"QUIT" else "250 ok")
        return True

    def _text(self, mood: Mood) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line)
            if mood is Mood.HANGS_UP and line.startswith(ID):
                self.server.sink.cut.add(_key(line))
                return False
        if mood is Mood.NOT_NOW:
            self._say("451 not now")
            return True
        self.server.sink.take(b"".join(lines), answered=mood is Mood.WELL)
        if mood is Mood.TAKES_AND_DROPS:
            return False
        self._say("250 taken")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    sink: Sink


@contextmanager
def listening(chance: Random) -> Iterator[Sink]:
    """A mail server for the length of a block."""
    sink = Sink(chance)
    with _Server(("127.0.0.1", 0), _Line) as server:
        server.sink, sink.port = sink, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            server.shutdown()
            thread.join(timeout=5)
