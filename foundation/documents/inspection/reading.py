"""Reading from a file that may lie about everything, a bounded piece at a time."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from typing import BinaryIO

from foundation.documents.inspection import limits


class Damaged(Exception):
    """The file is not built as its kind has to be."""


class Window(io.RawIOBase):
    """A stretch of another reader as a file of its own. The parsers never see the end of the file move."""

    def __init__(self, reader: BinaryIO, size: int) -> None:
        self._reader, self._size, self._at = reader, size, 0

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
        """Go there; never before the start."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError(errno.EINVAL, "before the start of the file")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        """Fill the buffer as far as the file goes."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        wanted = min(len(view), self._size - self._at)
        if wanted <= 0:
            return 0
        self._reader.seek(self._at)
        data = self._reader.read(wanted)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def at(reader: BinaryIO, offset: int, length: int) -> bytes:
    """What stands there; shorter at the end of the file."""
    if offset < 0:
        raise Damaged
    reader.seek(offset)
    return reader.read(length)


def exactly(reader: BinaryIO, offset: int, length: int) -> bytes:
    """What stands there. Raises Damaged when the file ends before."""
    data = at(reader, offset, length)
    if len(data) < length:
        raise Damaged
    return data


def blocks(reader: BinaryIO, *, overlap: int = 0) -> Iterator[bytes]:
    """The whole file from its start; each block begins with the last ``overlap`` bytes of the one before."""
    reader.seek(0)
    kept = b""
    while data := reader.read(limits.BLOCK):
        yield kept + data
        kept = (kept + data)[-overlap:] if overlap else b""
