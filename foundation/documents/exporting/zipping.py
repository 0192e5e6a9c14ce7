"""A ZIP archive written while it is sent (APPNOTE.TXT 6.3): nothing compressed, nothing gone back to, its length known before.

Content goes in the stored blocks of DEFLATE (RFC 1951, 3.2.4), five bytes for 32 KiB: whoever reads a stream finds their end, while
many refuse an entry that is merely stored and whose sizes come after it. Sizes and checksum follow each content.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

BLOCK: Final = 32 * 1024
FULL: Final = 0xFFFFFFFF
"""Stands in a field of 32 bits whose value takes more and stands elsewhere (ZIP64)."""

_MANY: Final = 0xFFFF
_DEFLATED: Final = 8
_FLAGS: Final = 0x0808  # sizes come after the content; names are UTF-8
_PLAIN, _WIDE = 20, 45  # the version that a reader needs
_UNIX, _READABLE = 3 << 8, 0o100644 << 16


@dataclass(frozen=True)
class _Head:
    """What the central directory says of an entry."""

    name: bytes
    stamp: tuple[int, int]
    size: int
    start: int
    wide: bool


class Writer:
    """Gives the bytes of an archive, part by part: ``begin``, ``put`` until all of an entry is put, ``finish``; ``end`` at last.

    ``limit`` is where 32 bits end, and with them what readers without ZIP64 can take.
    """

    def __init__(self, limit: int = FULL) -> None:
        self._limit = limit
        self._place = self._check = self._left = 0
        self._central: list[bytes] = []
        self._head: _Head | None = None

    def begin(self, name: str, *, size: int, at: datetime) -> bytes:
        """The head of an entry; ``at`` is what its clock shows, in no zone, to two seconds."""
        wide = packed(size) >= self._limit
        head = self._head = _Head(name.encode(), _stamp(at), size, self._place, wide)
        self._check, self._left = 0, size
        version, sizes = (_WIDE, (FULL, FULL)) if wide else (_PLAIN, (0, 0))
        extra = _extra(0, 0) if wide else b""
        fields = (version, _FLAGS, _DEFLATED, *head.stamp, 0, *sizes, len(head.name), len(extra))
        return self._gone(struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + head.name + extra)

    def put(self, data: bytes) -> bytes:
        """The next bytes of its content: whole blocks, but for the last of them."""
        self._left -= len(data)
        if self._left < 0 or (self._left and len(data) % BLOCK):
            raise ValueError("not whole blocks, or more than was said")
        self._check = zlib.crc32(data, self._check)
        view, pieces = memoryview(data), list[bytes | memoryview]()
        for start in range(0, len(data), BLOCK):
            block = view[start : start + BLOCK]
            last = not self._left and start + BLOCK >= len(data)
            pieces += [_block(len(block), last=last), block]
        return self._gone(b"".join(pieces))

    def finish(self) -> bytes:
        """Checksum and sizes of the entry, all of whose content was put."""
        head, check = self._head, self._check
        if head is None or self._left:
            raise ValueError("less than was said")
        self._central.append(_central(head, check, self._limit))
        self._head = None
        sizes = struct.pack("<2Q" if head.wide else "<2L", packed(head.size), head.size)
        nothing = b"" if head.size else _block(0, last=True)
        return self._gone(nothing + struct.pack("<4sL", b"PK\x07\x08", check) + sizes)

    def end(self) -> bytes:
        """The central directory, without which no reader takes the archive for whole."""
        central = b"".join(self._central)
        return self._gone(central + _last(len(self._central), len(central), self._place, self._limit))

    def _gone(self, data: bytes) -> bytes:
        self._place += len(data)
        return data


def packed(size: int) -> int:
    """Bytes that a content of that size takes."""
    return size + 5 * max(1, -(-size // BLOCK))


def length(entries: Iterable[tuple[str, int]], limit: int = FULL) -> int:
    """Bytes of an archive with these names and sizes."""
    place = central = number = 0
    for name, size in entries:
        wide = packed(size) >= limit
        head = _Head(name.encode(), (0, 0), size, place, wide)
        central += len(_central(head, 0, limit))
        place += 30 + len(head.name) + packed(size) + (20 + 24 if wide else 16)
        number += 1
    return place + central + len(_last(number, central, place, limit))


def _block(size: int, *, last: bool) -> bytes:
    return struct.pack("<B2H", last, size, size ^ 0xFFFF)


def _extra(*values: int) -> bytes:
    return struct.pack(f"<2H{len(values)}Q", 1, 8 * len(values), *values)


def _central(head: _Head, check: int, limit: int) -> bytes:
    sizes = (head.size, packed(head.size)) if head.wide else ()
    values = (*sizes, head.start) if head.start >= limit else sizes
    extra = _extra(*values) if values else b""
    version = _WIDE if values else _PLAIN
    small = (FULL, FULL) if head.wide else (packed(head.size), head.size)
    start = FULL if head.start >= limit else head.start
    fields = (_UNIX | version, version, _FLAGS, _DEFLATED, *head.stamp, check, *small, len(head.name), len(extra))
    return struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *fields, 0, 0, 0, _READABLE, start) + head.name + extra


def _last(number: int, size: int, start: int, limit: int) -> bytes:
    """The end of the archive, with the wide one before it where the plain one has no room."""
    wide = b""
    if number >= _MANY or size >= limit or start >= limit:
        fields = (44, _UNIX | _WIDE, _WIDE, 0, 0, number, number, size, start)
        wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", *fields)
        wide += struct.pack("<4sLQL", b"PK\x06\x07", 0, start + size, 1)
        number, size, start = min(number, _MANY), FULL if size >= limit else size, FULL if start >= limit else start
    return wide + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, size, start, 0)


def _stamp(at: datetime) -> tuple[int, int]:
    """Time and date as MS-DOS wrote them, of the years that it knew."""
    year = min(max(at.year, 1980), 2107) - 1980
    return at.hour << 11 | at.minute << 5 | at.second // 2, year << 9 | at.month << 5 | at.day
