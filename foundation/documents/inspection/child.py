"""The process that inspects: ``python -m foundation.documents.inspection.child N``, where N is its end of a pair of sockets.

Everything it needs is loaded first; then it limits itself for good: memory, time on the processor, no file written, no file or
connection opened. What is left to a parser that a hostile file has taken over is to say something untrue about that very file.
"""

from __future__ import annotations

import encodings.cp437
import encodings.idna
import encodings.iso8859_1
import encodings.utf_16
import encodings.utf_16_be
import encodings.utf_16_le
import encodings.utf_32
import io
import json
import os
import resource
import socket
import sys
from typing import cast

from foundation.documents.inspection import inspecting, limits, portable
from foundation.documents.inspection.apart import ANSWER, LENGTH, READ, REQUEST

# Loaded for their effect: a text in one of these encodings must find it without opening a file.
LOADED = (
    encodings.cp437,
    encodings.idna,
    encodings.iso8859_1,
    encodings.utf_16,
    encodings.utf_16_be,
    encodings.utf_16_le,
    encodings.utf_32,
)


class Remote(io.RawIOBase):
    """The file on the other side."""

    def __init__(self, line: socket.socket, size: int) -> None:
        self._line, self._size, self._at = line, size, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next read begins."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go there."""
        self._at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence] + offset
        if self._at < 0:
            raise ValueError("before the start of the file")
        return self._at

    def readinto(self, buffer: object) -> int:
        """Ask for the next bytes."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        wanted = min(len(view), limits.BLOCK)
        self._line.sendall(REQUEST.pack(READ, self._at, wanted))
        (length,) = LENGTH.unpack(receive(self._line, LENGTH.size))
        view[:length] = receive(self._line, length)
        self._at += length
        return int(length)


def receive(line: socket.socket, length: int) -> bytes:
    """Exactly that many bytes; without them there is nothing left to do."""
    got = bytearray()
    while len(got) < length:
        piece = line.recv(length - len(got))
        if not piece:
            raise SystemExit(1)
        got += piece
    return bytes(got)


def confine(keep: int) -> None:
    """Give up, for good, what an inspection does not need; ``keep`` is the one descriptor that stays."""
    os.closerange(keep + 1, 1024)
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, keep + 1),
    ):
        resource.setrlimit(what, (most, most))


def main(descriptor: int) -> None:
    """Read the question, inspect, answer. A crash is an answer too: the other side sees the line close."""
    portable.load()
    # Onto the lowest number, so that no number is left for anything else.
    line = socket.socket(fileno=os.dup2(descriptor, 3))
    confine(3)
    (length,) = LENGTH.unpack(receive(line, LENGTH.size))
    question = json.loads(receive(line, length))
    remote = io.BufferedReader(cast("io.RawIOBase", Remote(line, question["size"])), limits.BLOCK)
    findings = inspecting.inspect(remote, name=question["name"], size=question["size"])
    answer = json.dumps(findings.as_data()).encode()
    line.sendall(REQUEST.pack(ANSWER, 0, len(answer)) + answer)
    # Stay to be measured; the other side ends this.
    line.recv(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
