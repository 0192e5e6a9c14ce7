"""A file on storage: segments of 8 MiB, each a series of sealed chunks, named by the file's location and their number.

A segment is written once and never appended to, so that object storage and resumable uploads need nothing special.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

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


def put(location: UUID, segment: int, sealed: bytes) -> None:
    """Write a segment. Raises FileExistsError where there is one, Unreachable."""
    with answering():
        shelf().save(name_of(location, segment), ContentFile(sealed))


def put_plain(cipher: ChunkCipher, location: UUID, segment: int, plain: bytes, *, last: bool) -> None:
    """Seal and write one whole segment, in place of what an earlier try may have left there. Raises Unreachable.

    ``plain`` has the length of a segment, or less in the ``last`` one.
    """
    first = segment * CHUNKS
    pieces = [plain[at : at + CHUNK] for at in range(0, max(len(plain), 1), CHUNK)]
    sealed = b"".join(
        cipher.seal(first + place, piece, last=last and place == len(pieces) - 1) for place, piece in enumerate(pieces)
    )
    with answering():
        shelf().delete(name_of(location, segment))
    put(location, segment, sealed)


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


__all__ = ["SEGMENT", "SegmentReader", "name_of", "put", "put_plain", "remove", "shelf"]
