"""A large file that comes in pieces, each a request of its own: what was stored so far survives a lost connection.

Each piece is one segment: ``SEGMENT`` bytes, the last one what is left (``length_of_piece``). A piece is written once, whoever comes
first: no lock is held while a storage is slow, so a try that was overtaken finds the place taken and changes nothing there. The same
piece sent again is the piece that stands; another one is refused. The ``Upload`` row counts what stands (``actions.keep_piece``).
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from uuid import UUID

from foundation.documents import segments, vault
from foundation.documents.cipher import CHUNK, CHUNKS, SEGMENT, ChunkCipher, chunks_of, segments_of
from foundation.documents.refusals import Broken, Unreachable
from foundation.documents.vault import Kept
from foundation.tenancy.actors import Actor

__all__ = ["SEGMENT", "Place", "Taken", "length_of_piece", "new_place", "put", "whole"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the file will stand, and its key as it is stored: two columns of ``Upload``."""

    location: UUID
    wrapped_key: bytes = field(repr=False)


class Taken(Exception):
    """Another piece than this one stands in its place already."""


def new_place(*, root_id: UUID, by: Actor) -> Place:
    """For a new upload. Raises NotThere, Unreachable."""
    location, _key, wrapped = vault.new_place(root_id=root_id, by=by)
    return Place(location=location, wrapped_key=wrapped)


def length_of_piece(number: int, *, size: int) -> int:
    """Bytes of that piece (from 0) of a file of that size; 0 behind the last one."""
    return max(0, min(SEGMENT, size - number * SEGMENT))


def put(*, key: bytes, place: Place, number: int, data: bytes, size: int) -> None:
    """Store one piece of a file whose size was said at the beginning; nothing happens where that same piece stands already.

    Needs the key, opened before (``vault.file_key``), and no transaction: a storage may be slow. Raises Taken, Unreachable; ValueError
    for a piece of another length than it must have.
    """
    if not 0 <= number < segments_of(size) or len(data) != length_of_piece(number, size=size):
        raise ValueError("a piece of another length than announced")
    last, cipher = number == segments_of(size) - 1, ChunkCipher(key, place.location)
    try:
        try:
            segments.put_plain(cipher, place.location, number, data, last=last)
        except FileExistsError:
            if not _stands(cipher, place, number=number, data=data, size=size):
                # What a machine that went dark left half on disk.
                segments.take_away(place.location, number)
                segments.put_plain(cipher, place.location, number, data, last=last)
    except (FileNotFoundError, FileExistsError) as error:
        raise Unreachable(
            "the place changed meanwhile: the upload was discarded, or the same piece came at the same time"
        ) from error


def _stands(cipher: ChunkCipher, place: Place, *, number: int, data: bytes, size: int) -> bool:
    """Whether what an earlier try left can be opened; on disk when this returns. Raises Taken where it is another piece."""
    read = segments.SegmentReader(cipher, place.location, size)
    first = number * CHUNKS
    try:
        for index in range(first, min(first + CHUNKS, chunks_of(size))):
            at = (index - first) * CHUNK
            if read.chunk(index) != data[at : at + CHUNK]:
                raise Taken
    except Broken:
        return False
    finally:
        read.close()
    segments.settle(place.location)
    return True


def whole(*, key: bytes, place: Place, size: int, seconds: float) -> Kept:
    """The file, once all pieces are there: read back whole, and its fingerprint made of what stands on storage.

    Needs the key, opened before (``vault.file_key``), and no transaction: a large file takes long. Raises Unreachable, also where that
    takes longer than so many seconds; Broken (a piece is missing or is not what was stored).
    """
    until = time.monotonic() + seconds
    read = segments.SegmentReader(ChunkCipher(key, place.location), place.location, size)
    digest = hashlib.sha256()
    try:
        for index in range(read.chunks):
            digest.update(read.chunk(index))
            if time.monotonic() > until:
                raise Unreachable("the storage is too slow")
        read.nothing_follows()
    finally:
        read.close()
    assert read.chunks * CHUNK >= size
    return Kept(location=place.location, size=size, sha256=digest.hexdigest(), wrapped_key=place.wrapped_key)
