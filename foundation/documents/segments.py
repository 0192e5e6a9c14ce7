"""A file on storage: segments of 8 MiB, each a series of sealed chunks, named by the file's location and their number.

A segment is written once and never appended to, so that object storage and resumable uploads need nothing special.
"""

from __future__ import annotations

import contextlib
import io
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.utils.functional import cached_property

from foundation.documents.cipher import (
    CHUNK,
    CHUNKS,
    NONCE,
    SEALED,
    SEGMENT,
    TAG,
    ChunkCipher,
    chunks_of,
    segments_of,
    stored_size,
)
from foundation.documents.refusals import Broken, Unreachable
from foundation.documents.storage import DurableFiles


def shelf() -> Storage:
    """The storage of documents."""
    return storages["documents"]


def name_of(location: UUID, segment: int) -> str:
    """Where a segment stands."""
    return f"{location}/{segment}"


@contextmanager
def answering() -> Iterator[None]:
    """What a storage says when it does not answer, in our words."""
    try:
        yield
    except (FileNotFoundError, FileExistsError, Unreachable):
        raise
    except OSError as error:
        raise Unreachable(f"the storage does not answer ({type(error).__name__})") from error


class Sealed(File):  # type: ignore[type-arg]
    """A segment on its way to the storage. To the file system it goes as it is; only object storage needs a file to read from."""

    def __init__(self, data: memoryview) -> None:
        self._data, self.name, self.mode = data, None, "rb"

    @cached_property
    def file(self) -> io.BytesIO:  # type: ignore[override]
        """A file of the same bytes."""
        return io.BytesIO(self._data)

    @property
    def size(self) -> int:
        """Bytes of it."""
        return len(self._data)

    def chunks(self, chunk_size: int | None = None) -> Iterator[memoryview]:
        """The whole of it."""
        yield self._data


class Room:
    """Memory for one segment, used again for the next; a small file takes no more of it than it fills."""

    def __init__(self) -> None:
        self._view, self._filled = memoryview(mmap.mmap(-1, SEALED * CHUNKS)), 0

    def seal(self, cipher: ChunkCipher, index: int, plain: bytes | bytearray | memoryview, *, last: bool) -> None:
        """Add a chunk."""
        self._filled += cipher.seal_into(self._view[self._filled :], index, plain, last=last)

    def put(self, location: UUID, segment: int) -> None:
        """Write what was added as a segment, and begin anew. Raises FileExistsError where there is one, Unreachable."""
        with answering():
            shelf().save(name_of(location, segment), Sealed(self._view[: self._filled]))
        self._filled = 0


def put_plain(
    cipher: ChunkCipher, location: UUID, segment: int, plain: bytes | bytearray | memoryview, *, last: bool
) -> None:
    """Seal and write one whole segment. Raises FileExistsError where one stands already, Unreachable.

    ``plain`` has the length of a segment, or less in the ``last`` one.
    """
    room, whole = Room(), memoryview(plain)
    places = range(0, max(len(plain), 1), CHUNK)
    for number, at in enumerate(places):
        ends = last and number == len(places) - 1
        room.seal(cipher, segment * CHUNKS + number, whole[at : at + CHUNK], last=ends)
    room.put(location, segment)
    settle(location)


def take_away(location: UUID, segment: int) -> None:
    """Delete one segment that cannot be opened, so that it can be written anew. Raises Unreachable."""
    with answering():
        shelf().delete(name_of(location, segment))


def settle(location: UUID) -> None:
    """Wait until what was put there is on disk; object storage has it safe when it answers. Raises Unreachable."""
    storage = shelf()
    if isinstance(storage, DurableFiles):
        with answering():
            storage.settle(str(location))


def remove(location: UUID) -> None:
    """Delete all segments of a file; nothing where there are none. Raises Unreachable."""
    with answering(), contextlib.suppress(FileNotFoundError):
        _folders, names = shelf().listdir(str(location))
        for name in names:
            shelf().delete(f"{location}/{name}")
        # A file system keeps the empty folder; to object storage there is none.
        with contextlib.suppress(FileNotFoundError):
            shelf().delete(str(location))


class SegmentReader:
    """Opens the chunks of one file in any order; each is authenticated, and each segment has exactly its length."""

    def __init__(self, cipher: ChunkCipher, location: UUID, size: int) -> None:
        self._cipher, self._location, self.size = cipher, location, size
        self.chunks = chunks_of(size)
        self._segment = -1
        self._file: IO[bytes] | None = None

    def chunk(self, index: int) -> bytes:
        """The plain bytes of one chunk. Raises Broken, Unreachable."""
        last = index == self.chunks - 1
        length = SEALED if not last else NONCE + self.size - index * CHUNK + TAG
        with answering():
            file = self._opened(index // CHUNKS)
            file.seek(index % CHUNKS * SEALED)
            sealed = file.read(length)
        return self._cipher.open(index, sealed, last=last)

    def _opened(self, segment: int) -> IO[bytes]:
        if self._segment == segment and self._file is not None:
            return self._file
        self.close()
        try:
            file = shelf().open(name_of(self._location, segment), "rb")
            found = file.size
        except FileNotFoundError as error:
            raise Broken(f"segment {segment} is gone") from error
        self._file, self._segment = file, segment
        if found != stored_size(self.size, segment):
            raise Broken(f"segment {segment} has another length than what was stored")
        return self._file

    def nothing_follows(self) -> None:
        """Raise Broken when a segment stands behind the last one."""
        with answering():
            if shelf().exists(name_of(self._location, segments_of(self.size))):
                raise Broken("a segment was added behind the last one")

    def close(self) -> None:
        """Let go of the open segment."""
        if self._file is not None:
            self._file.close()
        self._file, self._segment = None, -1


__all__ = ["SEGMENT", "Room", "SegmentReader", "name_of", "put_plain", "remove", "settle", "shelf", "take_away"]
