"""The malware scanner: clamd, asked over its own protocol, when one is configured (``WBCJ_CLAMD``).

A client of our own, for the one on offer sends a kilobyte at a time and loses what clamd says while it refuses the rest of a large
file. The protocol is that of ``man clamd``: ``zINSTREAM``, chunks with their length in four bytes, an empty chunk, one answer.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

BLOCK = 256 * 1024
CONNECT_SECONDS = 3.0
SILENCE_SECONDS = 60.0
LONGEST_ANSWER = 4096
PORT = 3310
LIMIT = "size limit exceeded"
# What clamd says of a file of which it looked at a part only, when it is told to say so (AlertExceedsMax).
PARTLY = "Heuristics.Limits.Exceeded"


class ScannerAway(OSError):
    """The configured scanner does not answer, or not in words that are known. The file waits; nobody gets it meanwhile."""


class Verdict(StrEnum):
    """What became of the scan."""

    CLEAN = "clean"
    FOUND = "found"
    TOO_LARGE = "too_large"
    NOT_CONFIGURED = "not_configured"


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """The verdict, and the name of what was found."""

    verdict: Verdict
    name: str = ""


def configured() -> bool:
    """Whether files are scanned here at all."""
    return bool(settings.WBCJ_CLAMD)


def scan(reader: BinaryIO, *, seconds: float) -> Scanned:
    """Have the whole file scanned, from its start. Raises ScannerAway, and what the reader raises."""
    if not configured():
        return Scanned(verdict=Verdict.NOT_CONFIGURED)
    until = time.monotonic() + seconds
    with _line() as line:
        reader.seek(0)
        return understood(_stream(line, reader, until))


def alive() -> bool:
    """Whether the configured scanner answers at all."""
    try:
        with _line() as line:
            line.sendall(b"zPING\0")
            return _answer(line, time.monotonic() + CONNECT_SECONDS) == "PONG"
    except OSError:
        return False


class Standing(StrEnum):
    """How the scanner stands, for staff."""

    ABSENT = "absent"
    ANSWERS = "answers"
    AWAY = "away"


def standing() -> Standing:
    """Ask it, if there is one."""
    if not configured():
        return Standing.ABSENT
    return Standing.ANSWERS if alive() else Standing.AWAY


def understood(answer: str) -> Scanned:
    """Read clamd's words. Raises ScannerAway for words that are not known: they are no licence to hand the file out."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Scanned(verdict=Verdict.CLEAN)
    if LIMIT in said or said.startswith(PARTLY):
        return Scanned(verdict=Verdict.TOO_LARGE)
    if said.endswith(" FOUND"):
        return Scanned(verdict=Verdict.FOUND, name=said.removesuffix(" FOUND")[:120])
    raise ScannerAway("the scanner did not say whether the file is clean")


def _line() -> socket.socket:
    address = urlsplit(settings.WBCJ_CLAMD)
    try:
        if address.scheme == "unix":
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(CONNECT_SECONDS)
            try:
                line.connect(address.path)
            except OSError:
                line.close()
                raise
            return line
        return socket.create_connection((address.hostname or "127.0.0.1", address.port or PORT), CONNECT_SECONDS)
    except OSError as error:
        raise ScannerAway("no line to the scanner") from error


def _stream(line: socket.socket, reader: BinaryIO, until: float) -> str:
    try:
        line.sendall(b"zINSTREAM\0")
        while data := reader.read(BLOCK):
            if select.select([line], [], [], 0)[0]:
                # It has answered before the end: the limit of size, most likely. What is sent now might drown the answer.
                return _answer(line, until)
            _patience(line, until)
            line.sendall(struct.pack(">L", len(data)) + data)
        line.sendall(struct.pack(">L", 0))
    except (BrokenPipeError, ConnectionResetError):
        with suppress(ScannerAway):
            return _answer(line, until)
        raise ScannerAway("the line to the scanner broke") from None
    except TimeoutError as error:
        raise ScannerAway("the scanner takes nothing more") from error
    return _answer(line, until)


def _patience(line: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise ScannerAway("the scanner takes too long")
    line.settimeout(min(left, SILENCE_SECONDS))


def _answer(line: socket.socket, until: float) -> str:
    """One answer, ended by a zero byte. Raises ScannerAway for none, or half of one."""
    got = bytearray()
    try:
        while not got.endswith(b"\0"):
            _patience(line, until)
            piece = line.recv(LONGEST_ANSWER - len(got))
            if not piece:
                raise ScannerAway("the scanner ended the line without an answer")
            got += piece
            if len(got) >= LONGEST_ANSWER:
                raise ScannerAway("the scanner talks too much")
    except ScannerAway:
        raise
    except OSError as error:
        raise ScannerAway("the scanner does not answer") from error
    return got[:-1].decode("utf-8", "replace").strip()
