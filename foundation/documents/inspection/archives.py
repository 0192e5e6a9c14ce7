"""ZIP archives, looked into and never unpacked: what they promise first, then whether they keep it, in memory that does not grow."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from foundation.documents.inspection import directories, limits, reading
from foundation.documents.inspection.findings import Code, Collector
from foundation.documents.inspection.kinds import PROGRAMS
from foundation.documents.inspection.names import extension, hides
from foundation.documents.inspection.reading import Damaged

LOCAL, LOCAL_LENGTH = b"PK\x03\x04", 30
ENCRYPTED, STRONG, UTF8 = 0x1, 0x40, 0x800
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
UNIX = 3
DRIVE = 2


@dataclass
class Budget:
    """What may still be unpacked, over all levels of archives in archives."""

    entries: int = limits.ENTRIES
    unpacked: int = limits.UNPACKED


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file in the archive, with the place of its data."""

    info: zipfile.ZipInfo
    start: int
    data: int

    @property
    def name(self) -> str:
        """As the table of contents has it."""
        return self.info.orig_filename

    @property
    def end(self) -> int:
        """Where its data ends."""
        return self.data + self.info.compress_size

    @property
    def encrypted(self) -> bool:
        """Whether it needs a password."""
        return bool(self.info.flag_bits & (ENCRYPTED | STRONG))


def entries(reader: BinaryIO, size: int, found: Collector, budget: Budget) -> list[Entry]:
    """The entries, once everything that can be told without unpacking is in order; else none, and what was found says why.

    Raises Damaged.
    """
    directory = directories.find(reader, size)
    if directory is None:
        raise Damaged
    if directory.before or directory.after:
        found.add(Code.TWO_KINDS)
    if directory.entries > budget.entries or directory.size > limits.CENTRAL_DIRECTORY:
        found.add(Code.ARCHIVE_MANY)
        return []
    budget.entries -= directory.entries
    infos = _table(reader, size, directory)
    for info in infos:
        _name(info, found)
    if len({info.orig_filename for info in infos}) < len(infos):
        found.add(Code.ARCHIVE_TWICE)
    _promised(infos, found, budget)
    if found.refuses():
        return []
    placed = sorted((_placed(reader, info) for info in infos), key=lambda entry: entry.start)
    _laid_out(placed, directory, found)
    return [] if found.refuses() else placed


def _table(reader: BinaryIO, size: int, directory: directories.Directory) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(cast("BinaryIO", reading.Window(reader, size))) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, UnicodeDecodeError) as error:
        raise Damaged from error
    if len(infos) != directory.entries:
        raise Damaged
    return infos


def _name(info: zipfile.ZipInfo, found: Collector) -> None:
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if not name or "\0" in name or ".." in parts or not parts[0] or "\\" in name or name[1:DRIVE] == ":":
        found.add(Code.ARCHIVE_PATH, name)
    if len(name) > limits.INNER_NAME or hides(name):
        found.add(Code.NAME_HIDES, name)
    mode = info.external_attr >> 16
    if info.create_system == UNIX and mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        found.add(Code.ARCHIVE_LINK, name)
    if info.flag_bits & (ENCRYPTED | STRONG):
        found.add(Code.ARCHIVE_ENCRYPTED, name)
    elif info.compress_type not in METHODS:
        found.add(Code.ARCHIVE_METHOD, name)
    if extension(parts[-1]) in PROGRAMS:
        found.add(Code.ARCHIVE_PROGRAMS, name)


def _promised(infos: list[zipfile.ZipInfo], found: Collector, budget: Budget) -> None:
    """Is it a bomb by its own words?"""
    for info in infos:
        if info.file_size > max(limits.RATIO_FROM, limits.RATIO * info.compress_size):
            found.add(Code.ARCHIVE_BOMB, info.orig_filename)
    unpacked, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if unpacked > budget.unpacked or unpacked > max(limits.RATIO_FROM, limits.RATIO * packed):
        found.add(Code.ARCHIVE_BOMB)
    budget.unpacked -= unpacked


def _placed(reader: BinaryIO, info: zipfile.ZipInfo) -> Entry:
    """Where its data stands, by the header in front of it, which has to agree about the name."""
    header = reading.exactly(reader, info.header_offset, LOCAL_LENGTH)
    if header[:4] != LOCAL:
        raise Damaged
    flags, method = struct.unpack("<2H", header[6:10])
    name_length, extra_length = struct.unpack("<2H", header[26:30])
    raw = reading.exactly(reader, info.header_offset + LOCAL_LENGTH, name_length)
    name = raw.decode("utf-8" if flags & UTF8 else "cp437", "replace")
    if name != info.orig_filename or method != info.compress_type:
        raise Damaged
    start = info.header_offset
    return Entry(info=info, start=start, data=start + LOCAL_LENGTH + name_length + extra_length)


def _laid_out(placed: list[Entry], directory: directories.Directory, found: Collector) -> None:
    """One after the other, none inside another, nothing of size between them."""
    at = 0
    for entry in placed:
        if entry.start < at or entry.end > directory.offset:
            found.add(Code.ARCHIVE_OVERLAPS, entry.name)
        if entry.start - at > limits.GAP:
            found.add(Code.ARCHIVE_HIDDEN)
        at = max(at, entry.end)
    if directory.offset - at > limits.GAP and placed:
        found.add(Code.ARCHIVE_HIDDEN)


def kept_promise(reader: BinaryIO, entry: Entry, *, keep: int) -> bytes:
    """Unpack one entry into nothing and see that it is what it says; its first ``keep`` bytes. Raises Damaged."""
    kept, unpacked, crc = bytearray(), 0, 0
    for piece in _pieces(reader, entry):
        unpacked, crc = unpacked + len(piece), zlib.crc32(piece, crc)
        if unpacked > entry.info.file_size:
            raise Damaged
        if len(kept) < keep:
            kept += piece[: keep - len(kept)]
    if unpacked != entry.info.file_size or crc != entry.info.CRC:
        raise Damaged
    return bytes(kept)


def _pieces(reader: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """What the entry unpacks to, at most a block at a time."""
    inflate = zlib.decompressobj(-15) if entry.info.compress_type == zipfile.ZIP_DEFLATED else None
    at = entry.data
    while at < entry.end:
        packed = reading.exactly(reader, at, min(limits.BLOCK, entry.end - at))
        at += len(packed)
        if inflate is None:
            yield packed
            continue
        while piece := _inflated(inflate, packed, limits.BLOCK):
            yield piece
            packed = inflate.unconsumed_tail
    if inflate is not None and (not inflate.eof or inflate.unused_data):
        raise Damaged


def _inflated(inflate: zlib._Decompress, packed: bytes, most: int) -> bytes:
    try:
        return inflate.decompress(packed, most)
    except zlib.error as error:
        raise Damaged from error


def head(reader: BinaryIO, entry: Entry) -> bytes:
    """How the entry begins."""
    packed = reading.at(reader, entry.data, min(1024, entry.info.compress_size))
    if entry.info.compress_type != zipfile.ZIP_DEFLATED:
        return packed[:16]
    return _inflated(zlib.decompressobj(-15), packed, 16)
