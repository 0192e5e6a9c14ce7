"""The same inspection in a process of its own: whatever a file does to a parser, it ends there.

The process has no key, no database and no file: it asks for bytes through a pair of sockets, and this side reads (and decrypts) them.
Its memory and its time on the processor are limited by the system, and it can open neither files nor connections (``child``). One that
is killed, hangs or talks nonsense has been given too much work, and the file is refused. The time in which it waits for bytes is the
storage's: it has a limit of its own, and says nothing of the file.
"""

from __future__ import annotations

import json
import os
import re
import socket
import struct
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from foundation.documents.inspection import limits, names
from foundation.documents.inspection.findings import Code, Collector, Findings
from foundation.documents.inspection.kinds import OPAQUE
from foundation.documents.refusals import Unreachable

CHECKOUT = Path(__file__).resolve().parents[3]
MODULE = "foundation.documents.inspection.child"
READ, ANSWER = b"R", b"A"
REQUEST = struct.Struct(">cQI")
LENGTH = struct.Struct(">I")
LONGEST_ANSWER = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Inspected:
    """The findings, and the largest memory of the process that made them, in bytes."""

    findings: Findings
    peak_memory: int


class _Failed(Exception):
    """The process did not answer as it should."""


class _Unread(Exception):
    """The reader raised; told apart from a line to the process that broke."""


@dataclass
class _Storage:
    """The other side of the line: gives bytes, and knows how long that took."""

    reader: BinaryIO
    seconds: float
    taken: float = field(default=0.0, init=False)

    def read(self, offset: int, length: int) -> bytes:
        """What stands there. Raises _Unread with what the reader raised, or Unreachable when all reads took too long together."""
        began = time.monotonic()
        try:
            self.reader.seek(offset)
            data = self.reader.read(length)
        except Exception as error:
            raise _Unread from error
        self.taken += time.monotonic() - began
        if self.taken > self.seconds:
            raise _Unread from Unreachable("the storage is too slow")
        return data


def inspect(
    reader: BinaryIO,
    *,
    name: str,
    size: int,
    seconds: float = limits.SECONDS,
    storage_seconds: float = limits.STORAGE_SECONDS,
) -> Inspected:
    """Inspect in a process of its own, which has so many seconds without those that the reader takes.

    What the reader raises (a broken file, a storage that does not answer) comes through; Unreachable where it takes too long.
    """
    ours, theirs = socket.socketpair()
    with ours, theirs:
        child = _start(theirs)
        theirs.close()
        try:
            storage = _Storage(reader, storage_seconds)
            findings = _talk(ours, storage, name=name, size=size, until=time.monotonic() + seconds)
        except _Unread as error:
            raise (error.__cause__ or error) from None
        except (OSError, _Failed):
            findings = _too_much_work(name)
        finally:
            standing = _standing_memory(child.pid)
            child.kill()
            peak = _reaped(child)
    return Inspected(findings=findings, peak_memory=standing or peak)


def _start(line: socket.socket) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-s", "-m", MODULE, str(line.fileno())],
        cwd=CHECKOUT,
        env={"LC_ALL": "C.UTF-8"},
        pass_fds=(line.fileno(),),
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
    )


def _standing_memory(pid: int) -> int:
    """The largest memory that the process had since it began; 0 when it is gone (what the system says later includes us)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _reaped(child: subprocess.Popen[bytes]) -> int:
    """Wait for the end of the process, which is near; the largest memory it had."""
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_maxrss * 1024


def _too_much_work(name: str) -> Findings:
    found = Collector()
    names.inspect(name, found)
    found.add(Code.TOO_MUCH_WORK)
    return Findings(kind="", media_type=OPAQUE, findings=found.findings())


def _talk(line: socket.socket, storage: _Storage, *, name: str, size: int, until: float) -> Findings:
    """Say what is to be inspected, hand out bytes, take the answer."""
    question = json.dumps({"name": name, "size": size}).encode()
    _send(line, LENGTH.pack(len(question)) + question, until)
    while True:
        kind, offset, length = REQUEST.unpack(_receive(line, REQUEST.size, until + storage.taken))
        if kind == ANSWER:
            return _understood(_receive(line, min(length, LONGEST_ANSWER), until + storage.taken))
        if kind != READ or length > limits.BLOCK:
            raise _Failed
        data = storage.read(offset, length)
        _send(line, LENGTH.pack(len(data)) + data, until + storage.taken)


def _understood(answer: bytes) -> Findings:
    try:
        data: Any = json.loads(answer)
        return Findings.from_data(data)
    except (ValueError, KeyError, TypeError) as error:
        raise _Failed from error


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise _Failed
    return left


def _send(line: socket.socket, data: bytes, until: float) -> None:
    line.settimeout(_left(until))
    line.sendall(data)


def _receive(line: socket.socket, length: int, until: float) -> bytes:
    got = bytearray()
    while len(got) < length:
        line.settimeout(_left(until))
        piece = line.recv(length - len(got))
        if not piece:
            raise _Failed
        got += piece
    return bytes(got)
