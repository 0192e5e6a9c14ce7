"""The table of contents at the end of a ZIP, read before any library is trusted with it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from foundation.documents.inspection import limits, reading
from foundation.documents.inspection.reading import Damaged

END, END64, LOCATOR64, CENTRAL = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x01\x02"
END_LENGTH, END64_LENGTH, LOCATOR_LENGTH = 22, 56, 20
FULL16, FULL32 = 0xFFFF, 0xFFFFFFFF


@dataclass(frozen=True, kw_only=True)
class Directory:
    """Where the central directory stands and what it promises. ``before`` and ``after`` count the bytes around the archive."""

    entries: int
    size: int
    offset: int
    before: int
    after: int


def find(reader: BinaryIO, size: int) -> Directory | None:
    """The table of contents that an unpacker would use; none when the file does not end like a ZIP. Raises Damaged."""
    start = max(0, size - limits.TAIL)
    tail = reading.at(reader, start, limits.TAIL)
    at = tail.rfind(END)
    while at >= 0:
        found = _at(reader, size, start + at, tail[at : at + END_LENGTH])
        if found is not None:
            return found
        at = tail.rfind(END, 0, at)
    return None


def _at(reader: BinaryIO, size: int, at: int, record: bytes) -> Directory | None:
    if len(record) < END_LENGTH:
        return None
    _mark, disk, first_disk, _here, entries, length, offset, comment = struct.unpack("<4s4H2LH", record)
    end, wide = at, FULL16 in {disk, entries} or FULL32 in {length, offset}
    if wide or reading.at(reader, max(0, at - LOCATOR_LENGTH), 4) == LOCATOR64:
        far = _wide(reader, at)
        if far is not None:
            end, entries, length, offset = far
        elif wide:
            return None
    if disk not in {0, FULL16} or first_disk not in {0, FULL16}:
        return None
    before = end - length - offset
    if before < 0 or (entries and reading.at(reader, before + offset, 4) != CENTRAL):
        return None
    after = size - (at + END_LENGTH + comment)
    return Directory(entries=entries, size=length, offset=before + offset, before=before, after=after)


def _wide(reader: BinaryIO, at: int) -> tuple[int, int, int, int] | None:
    """The same for archives beyond 4 GiB or 65 535 entries."""
    locator = reading.at(reader, at - LOCATOR_LENGTH, LOCATOR_LENGTH) if at >= LOCATOR_LENGTH else b""
    if locator[:4] != LOCATOR64:
        return None
    where = at - LOCATOR_LENGTH - END64_LENGTH
    record = reading.at(reader, where, END64_LENGTH) if where >= 0 else b""
    if record[:4] != END64 or len(record) < END64_LENGTH:
        raise Damaged
    entries, length, offset = struct.unpack("<3Q", record[32:56])
    return where, entries, length, offset
