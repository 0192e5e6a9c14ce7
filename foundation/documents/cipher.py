"""How a file is encrypted: AES-256-GCM in chunks, each bound to its file, its place in it and to being the last one or not.

On storage a chunk is a random nonce, the ciphertext and the tag. The associated data is location, index and whether it is the last, so
a chunk opens at its own place alone, and a file that was cut or extended has no last chunk where its size says that there is one.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.documents.refusals import Broken

CHUNK = 256 * 1024
"""Plain bytes of a chunk; the last one of a file may be shorter, and is empty for an empty file."""

CHUNKS = 32
"""Chunks of a segment."""

SEGMENT = CHUNK * CHUNKS
"""Plain bytes of a segment: 8 MiB."""

NONCE, TAG = 12, 16
SEALED = NONCE + CHUNK + TAG
"""Bytes of a full chunk on storage."""

KEY = 32


def chunks_of(size: int) -> int:
    """How many chunks a file of that size has."""
    return max(1, -(-size // CHUNK))


def segments_of(size: int) -> int:
    """How many segments a file of that size has."""
    return -(-chunks_of(size) // CHUNKS)


def stored_size(size: int, segment: int) -> int:
    """Bytes on storage of one segment of a file of that (plain) size."""
    first = segment * CHUNKS
    here = min(CHUNKS, chunks_of(size) - first)
    plain = min(here * CHUNK, size - first * CHUNK)
    return plain + here * (NONCE + TAG)


class ChunkCipher:
    """Seals and opens the chunks of one file."""

    def __init__(self, key: bytes, location: UUID) -> None:
        self._cipher = AESGCM(key)
        self._location = location

    def _bound_to(self, index: int, *, last: bool) -> bytes:
        return b"wbcj chunk 1" + self._location.bytes + index.to_bytes(8, "big") + bytes([last])

    def seal_into(self, room: memoryview, index: int, plain: bytes | bytearray | memoryview, *, last: bool) -> int:
        """Put a chunk, as it is stored, at the beginning of the room; how many bytes it takes."""
        nonce, end = secrets.token_bytes(NONCE), NONCE + len(plain) + TAG
        room[:NONCE] = nonce
        self._cipher.encrypt_into(nonce, plain, self._bound_to(index, last=last), room[NONCE:end])
        return end

    def open(self, index: int, sealed: bytes, *, last: bool) -> bytes:
        """The plain bytes. Raises Broken for any other chunk than the one that was sealed for this place."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], self._bound_to(index, last=last))
        except (InvalidTag, ValueError) as error:
            raise Broken(f"chunk {index} is not the one that was stored") from error
