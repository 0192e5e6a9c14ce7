"""The ZIP of a package, byte for byte: stored files, one date, no extras. What is written here can be told from anything else.

A package is read by comparing each byte that is not a file's content with what ``Writer`` would have written. So there is no place
where something could be hidden, nothing to inflate, and no second way to write the same package.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, Final

from jits.package.reasons import Reason, refuse

MOST_ENTRIES: Final = 64
LARGEST_ENTRY: Final = 64 << 20
LARGEST: Final = 512 << 20
"""Bytes of a whole package."""

_NAME: Final = re.compile(r"[A-Za-z0-9_]+([-.][A-Za-z0-9_]+)*(/[A-Za-z0-9_]+([-.][A-Za-z0-9_]+)*)?")
_LONGEST_NAME: Final = 120
_PIECE: Final = 1 << 20
# Version 2.0, no flags, stored, 1 January 1980 at midnight: the same whoever packs and whenever.
_COMMON: Final = struct.pack("<HHHHH", 20, 0, 0, 0, (0 << 9) | (1 << 5) | 1)
_MADE_BY: Final = struct.pack("<H", (3 << 8) | 20)
_MODE: Final = 0o100644 << 16


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file of a package: where its content begins and what it is."""

    name: str
    size: int
    crc: int
    start: int

    @property
    def head(self) -> bytes:
        """The bytes before the content."""
        return b"PK\x03\x04" + self._facts + struct.pack("<H", 0) + self.name.encode()

    @property
    def listed(self) -> bytes:
        """The line in the list of files at the end."""
        offset = self.start - 30 - len(self.name.encode())
        rest = struct.pack("<HHHHII", 0, 0, 0, 0, _MODE, offset)
        return b"PK\x01\x02" + _MADE_BY + self._facts + rest + self.name.encode()

    @property
    def _facts(self) -> bytes:
        return _COMMON + struct.pack("<IIIH", self.crc, self.size, self.size, len(self.name.encode()))


def end(entries: list[Entry], at: int) -> bytes:
    """The list of files and the end record, which stand at that offset."""
    listed = b"".join(entry.listed for entry in entries)
    return listed + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(listed), at, 0)


@dataclass
class Writer:
    """Writes a package to a binary stream, one file after the other. Memory: one file."""

    to: IO[bytes]
    entries: list[Entry] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)
    _offset: int = 0

    def add(self, name: str, content: bytes) -> str:
        """Append a file; its SHA-256. Raises ValueError for a name or size that packages do not have."""
        if not safe(name) or name in self.sums:
            raise ValueError(f"not a name for a file of a package: {name!r}")
        if len(content) > LARGEST_ENTRY or self._offset + len(content) > LARGEST or len(self.entries) == MOST_ENTRIES:
            raise ValueError(f"too large for a package: {name}")
        start = self._offset + 30 + len(name.encode())
        entry = Entry(name=name, size=len(content), crc=zlib.crc32(content), start=start)
        self.to.write(entry.head)
        self.to.write(content)
        self._offset = start + len(content)
        self.entries.append(entry)
        self.sums[name] = hashlib.sha256(content).hexdigest()
        return self.sums[name]

    def close(self) -> None:
        """Write the list of files."""
        self.to.write(end(self.entries, self._offset))


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A package that was looked through: its files in their order, and the SHA-256 and the check sum of each as they really are."""

    file: IO[bytes]
    entries: dict[str, Entry]
    sums: dict[str, str]
    crcs: dict[str, int]

    def read(self, name: str) -> bytes:
        """The content of one file."""
        entry = self.entries[name]
        self.file.seek(entry.start)
        return self.file.read(entry.size)


def safe(name: str) -> bool:
    """Whether a file of a package may have that name: plain letters, at most one folder, nothing that leads out of it."""
    return len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None


def opened(file: IO[bytes]) -> Archive:
    """Read the frame and sum up each file once, in pieces. Raises Refused; content is judged by the sums, not here."""
    size = file.seek(0, 2)
    if size > LARGEST:
        raise refuse(Reason.TOO_LARGE)
    entries = _entries(_listed(file))
    _compare_frame(file, entries, size)
    found = {entry.name: _summed(file, entry) for entry in entries}
    return Archive(
        file=file,
        entries={entry.name: entry for entry in entries},
        sums={name: digest for name, (digest, _crc) in found.items()},
        crcs={name: crc for name, (_digest, crc) in found.items()},
    )


def _listed(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(file) as opened_zip:
            listed = opened_zip.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error):
        raise refuse(Reason.NOT_A_ZIP) from None
    if len(listed) > MOST_ENTRIES:
        raise refuse(Reason.TOO_LARGE)
    return listed


def _entries(listed: list[zipfile.ZipInfo]) -> list[Entry]:
    """The files as they must lie if the list is right: without a gap, from the first byte on."""
    entries: list[Entry] = []
    names: set[str] = set()
    offset = 0
    for info in listed:
        _judge(info, names)
        names.add(info.filename)
        start = offset + 30 + len(info.filename)
        entries.append(Entry(name=info.filename, size=info.file_size, crc=info.CRC, start=start))
        offset = start + info.file_size
    return entries


def _judge(info: zipfile.ZipInfo, names: set[str]) -> None:
    if not safe(info.filename):
        raise refuse(Reason.UNSAFE_NAME, repr(info.filename[:_LONGEST_NAME]))
    if info.filename in names:
        raise refuse(Reason.DUPLICATE_ENTRY, info.filename)
    if info.flag_bits & 0x41:
        raise refuse(Reason.ENCRYPTED_ENTRY, info.filename)
    if info.compress_type != zipfile.ZIP_STORED:
        raise refuse(Reason.COMPRESSED_ENTRY, info.filename)
    if info.file_size > LARGEST_ENTRY:
        raise refuse(Reason.TOO_LARGE, info.filename)


def _compare_frame(file: IO[bytes], entries: list[Entry], size: int) -> None:
    """Hold each byte that is no content against what belongs there."""
    offset = 0
    for entry in entries:
        file.seek(offset)
        if file.read(len(entry.head)) != entry.head:
            raise refuse(Reason.ALTERED_FRAME, entry.name)
        offset = entry.start + entry.size
    last = end(entries, offset)
    file.seek(offset)
    if file.read(len(last)) != last:
        raise refuse(Reason.ALTERED_FRAME, "the list of files")
    if offset + len(last) != size:
        raise refuse(Reason.TRAILING_BYTES)


def checked(archive: Archive) -> None:
    """Hold the check sums of the ZIP itself against the content: the last bytes that nothing else binds. Raises Refused."""
    for name, entry in archive.entries.items():
        if archive.crcs[name] != entry.crc:
            raise refuse(Reason.ALTERED_FRAME, name)


def _summed(file: IO[bytes], entry: Entry) -> tuple[str, int]:
    digest, crc = hashlib.sha256(), 0
    file.seek(entry.start)
    left = entry.size
    while left > 0 and (piece := file.read(min(left, _PIECE))):
        left -= len(piece)
        digest.update(piece)
        crc = zlib.crc32(piece, crc)
    return digest.hexdigest(), crc
