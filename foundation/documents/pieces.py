"""A large file that comes in pieces, each a request of its own: what was stored so far survives a lost connection.

Each piece is one segment: ``SEGMENT`` bytes, the last one what is left (``length_of_piece``). Pieces come in order; the same piece
sent again takes the place of the earlier try. Whoever keeps count (the ``Upload`` row, locked meanwhile) lets nobody else write.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

from foundation.documents import segments, vault
from foundation.documents.cipher import CHUNK, SEGMENT, ChunkCipher, segments_of
from foundation.documents.vault import Kept
from foundation.tenancy.actors import Actor

__all__ = ["SEGMENT", "Place", "length_of_piece", "new_place", "put", "whole"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the file will stand, and its key as it is stored: two columns of ``Upload``."""

    location: UUID
    wrapped_key: bytes = field(repr=False)


def new_place(*, root_id: UUID, by: Actor) -> Place:
    """For a new upload. Raises NotThere, Unreachable."""
    location, _key, wrapped = vault.new_place(root_id=root_id, by=by)
    return Place(location=location, wrapped_key=wrapped)


def length_of_piece(number: int, *, size: int) -> int:
    """Bytes of that piece (from 0) of a file of that size; 0 behind the last one."""
    return max(0, min(SEGMENT, size - number * SEGMENT))


def put(*, root_id: UUID, place: Place, number: int, data: bytes, size: int, by: Actor) -> None:
    """Store one piece of a file whose size was said at the beginning.

    Raises NotThere, Unreachable; ValueError for a piece of another length than it must have.
    """
    if not 0 <= number < segments_of(size) or len(data) != length_of_piece(number, size=size):
        raise ValueError("a piece of another length than announced")
    key = vault.file_key(root_id=root_id, location=place.location, wrapped_key=place.wrapped_key, by=by)
    last = number == segments_of(size) - 1
    segments.put_plain(ChunkCipher(key, place.location), place.location, number, data, last=last)


def whole(*, key: bytes, place: Place, size: int) -> Kept:
    """The file, once all pieces are there: read back whole, and its fingerprint made of what stands on storage.

    Needs the key, opened before (``vault.file_key``), and no transaction: a large file takes long. Raises Unreachable, Broken (a
    piece is missing or is not what was stored).
    """
    read = segments.SegmentReader(ChunkCipher(key, place.location), place.location, size)
    digest = hashlib.sha256()
    try:
        for index in range(read.chunks):
            digest.update(read.chunk(index))
        read.nothing_follows()
    finally:
        read.close()
    assert read.chunks * CHUNK >= size
    return Kept(location=place.location, size=size, sha256=digest.hexdigest(), wrapped_key=place.wrapped_key)
