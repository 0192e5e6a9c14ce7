"""The vault: the one way to keep a file and to read it back.

To keep one::

    writer = vault.writer(root_id=root_id, by=actor)  # inside access.acting: needs the root's key
    for piece in pieces:
        writer.write(piece)                           # may happen outside of any transaction
    kept = writer.finish()                            # location, size, sha256, wrapped_key: the columns of ``Stored``

Then write ``kept`` into a row of that root in a transaction; ``kept.columns()`` gives them by name. Where no row comes to stand
(rolled back, refused, abandoned), ``forget`` it or leave it: what no row knows is swept after a day.

To read one::

    with vault.reader(root_id=version.root_id, stored=version, by=actor) as file:
        file.read()                                   # seekable; plain bytes; raises Broken, Unreachable

The reader compares the fingerprint before it gives the last bytes of a whole read; each chunk is authenticated in any case.

For an upload that comes in pieces over several requests, see ``foundation.documents.pieces``.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid4

from django.utils.functional import cached_property

from foundation.documents import keys, segments
from foundation.documents.cipher import CHUNK, CHUNKS, KEY, ChunkCipher
from foundation.documents.refusals import Broken, Unreachable
from foundation.documents.stored import StoredFile
from foundation.jobs.queue import LOST
from foundation.tenancy.actors import Actor

__all__ = ["Broken", "Kept", "RawReader", "Unreachable", "Writer", "forget", "reader", "writer"]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file that stands on storage, whole and on disk."""

    location: UUID
    size: int
    sha256: str
    wrapped_key: bytes = field(repr=False)

    def columns(self, *, at: datetime) -> dict[str, Any]:
        """The columns of ``Stored``."""
        return {
            "location": self.location,
            "size": self.size,
            "sha256": self.sha256,
            "wrapped_key": self.wrapped_key,
            "stored_at": at,
        }


class Writer:
    """Takes the plain bytes of one file and keeps them encrypted; its memory is two segments, whatever the file's size.

    One segment is written to disk while the next is filled; ``finish`` returns when all of them are on disk.

    As a context manager it discards what was written when the block ends in an error. Raises Unreachable.
    """

    def __init__(self, *, location: UUID, key: bytes, wrapped_key: bytes) -> None:
        self.location, self._wrapped_key = location, wrapped_key
        self._cipher = ChunkCipher(key, location)
        self._digest = hashlib.sha256()
        self._room, self._spare, self._plain = segments.Room(), segments.Room(), bytearray(CHUNK)
        self._putting: Future[None] | None = None
        self._held = self._index = self.size = 0
        self._ended = False

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take the next bytes, as many as there are."""
        if self._ended:
            raise ValueError("this file is finished")
        self._digest.update(data)
        self.size += len(data)
        rest = memoryview(data)
        while rest:
            rest = self._take(rest)
        return len(data)

    def _take(self, rest: memoryview) -> memoryview:
        """Seal a chunk, or hold it back; what is left. One stays behind: only at the end is it known which is the last."""
        if self._held == CHUNK:
            self._seal(self._plain, last=False)
            self._held = 0
        if self._held == 0 and len(rest) > CHUNK:
            self._seal(rest[:CHUNK], last=False)
            return rest[CHUNK:]
        taken = min(CHUNK - self._held, len(rest))
        self._plain[self._held : self._held + taken] = rest[:taken]
        self._held += taken
        return rest[taken:]

    def finish(self) -> Kept:
        """Write the rest; the file is complete on storage when this returns."""
        if self._ended:
            raise ValueError("this file is finished")
        self._seal(memoryview(self._plain)[: self._held], last=True)
        self._settle()
        segments.settle(self.location)
        self._end()
        return Kept(
            location=self.location, size=self.size, sha256=self._digest.hexdigest(), wrapped_key=self._wrapped_key
        )

    def discard(self) -> None:
        """Take away what was written."""
        with contextlib.suppress(OSError):
            self._settle()
        self._end()
        segments.remove(self.location)

    def _seal(self, plain: bytearray | memoryview, *, last: bool) -> None:
        self._room.seal(self._cipher, self._index, plain, last=last)
        self._index += 1
        if last or self._index % CHUNKS == 0:
            self._settle()
            full, self._room, self._spare = self._room, self._spare, self._room
            self._putting = self._disk.submit(full.put, self.location, (self._index - 1) // CHUNKS)

    @cached_property
    def _disk(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="vault")

    def _settle(self) -> None:
        """Wait until the segment that is on its way is on disk. Raises Unreachable, FileExistsError."""
        putting, self._putting = self._putting, None
        if putting is not None:
            putting.result()

    def _end(self) -> None:
        self._ended = True
        if "_disk" in vars(self):
            self._disk.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.discard()


class RawReader(io.RawIOBase):
    """The plain bytes of one file, from any place on; ``reader`` wraps it for ordinary use."""

    def __init__(self, *, key: bytes, stored: StoredFile) -> None:
        self._segments = segments.SegmentReader(ChunkCipher(key, stored.location), stored.location, stored.size)
        self._fingerprint, self._digest, self._digested = stored.sha256, hashlib.sha256(), 0
        self._place, self._index, self._chunk = 0, -1, b""
        self.size = stored.size

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """The place of the next byte."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; behind the end there is nothing to read."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("no place before the beginning")
        self._place = base + offset
        return self._place

    def readinto(self, buffer: Any) -> int:
        """The next bytes of one chunk, as many as fit. Raises Broken, Unreachable."""
        if self._place >= self.size > 0 or (self.size == 0 and self._index == 0):
            return 0
        chunk = self._load(self._place // CHUNK)
        start = self._place % CHUNK
        piece = chunk[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def _load(self, index: int) -> bytes:
        """One chunk; in a whole read the fingerprint is compared before the last one is given."""
        if index == self._index:
            return self._chunk
        chunk = self._segments.chunk(index)
        if index == self._digested:
            self._digest.update(chunk)
            self._digested += 1
            if self._digested == self._segments.chunks:
                self._prove()
        self._index, self._chunk = index, chunk
        return chunk

    def _prove(self) -> None:
        self._segments.nothing_follows()
        if not secrets.compare_digest(self._digest.hexdigest(), self._fingerprint):
            raise Broken("the fingerprint is not the one on record")

    def close(self) -> None:
        """Let go of the storage."""
        if not self.closed:
            self._segments.close()
        super().close()


def new_place(*, root_id: UUID, by: Actor) -> tuple[UUID, bytes, bytes]:
    """A location for a new file, its key, and its key as it is stored. Raises NotThere, Unreachable, Broken."""
    location, key = uuid4(), secrets.token_bytes(KEY)
    around = keys.root_key_to_write(root_id=root_id, by=by)
    return location, key, keys.wrap(key, by=around, bound_to=keys.of_file(root_id, location))


def file_key(*, root_id: UUID, location: UUID, wrapped_key: bytes | memoryview, by: Actor) -> bytes:
    """The key of a file of a root that the actor sees. Raises NotThere, Unreachable, Broken."""
    around = keys.root_key(root_id=root_id, by=by)
    return keys.unwrap(wrapped_key, by=around, bound_to=keys.of_file(root_id, location))


def file_keys(*, root_id: UUID, by: Actor) -> Callable[[StoredFile], bytes]:
    """Gives the keys of several files of one root; one statement. Raises NotThere, Unreachable, Broken, also for a single file."""
    around = keys.root_key(root_id=root_id, by=by)
    return lambda file: keys.unwrap(file.wrapped_key, by=around, bound_to=keys.of_file(root_id, file.location))


def writer(*, root_id: UUID, by: Actor) -> Writer:
    """For a new file of that root. Who may: whoever sees it; whether they may file a document decides the action that does.

    Raises NotThere, Unreachable.
    """
    location, key, wrapped = new_place(root_id=root_id, by=by)
    return Writer(location=location, key=key, wrapped_key=wrapped)


def raw_reader(*, root_id: UUID, stored: StoredFile, by: Actor) -> RawReader:
    """As ``reader``, unbuffered: each read gives at most what is left of one chunk."""
    key = file_key(root_id=root_id, location=stored.location, wrapped_key=stored.wrapped_key, by=by)
    return RawReader(key=key, stored=stored)


def reader(*, root_id: UUID, stored: StoredFile, by: Actor) -> io.BufferedReader:
    """The plain bytes of a stored file, seekable. Who may: whoever sees the root; the caller has read ``stored`` through the walls.

    Holds the file's key, so it goes on after the transaction: whoever streams for long asks again whether the actor is still let in.
    Raises NotThere, Unreachable, Broken, also while it is read.
    """
    return io.BufferedReader(raw_reader(root_id=root_id, stored=stored, by=by), CHUNK)


@contextlib.contextmanager
def with_its_row(kept: Kept) -> Iterator[None]:
    """Around the transaction that writes the row of a file: where that is undone, the file is forgotten.

    Where the line broke nobody knows whether it was committed: the file stays, and is swept if no row has it.
    """
    try:
        yield
    except LOST:
        raise
    except BaseException:
        forget(kept.location)
        raise


def forget(location: UUID) -> None:
    """Delete a file that no row knows, or knows any more. Raises Unreachable."""
    segments.remove(location)
