"""How the two sides speak: a length, then that many bytes."""

from __future__ import annotations

import struct
from typing import IO, Final, Protocol

_LENGTH: Final = struct.Struct(">Q")
LARGEST: Final = 256 << 20


class Ended(Exception):
    """The other side is gone, in the middle or before it began."""


class Readable(Protocol):
    """Gives bytes, fewer than were asked for only at the end."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""


def send(stream: IO[bytes], content: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: Readable) -> bytes:
    """Read one frame. Raises Ended."""
    (size,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if size > LARGEST:
        raise Ended
    return _exactly(stream, size)


def _exactly(stream: Readable, size: int) -> bytes:
    content = stream.read(size)
    if len(content) != size:
        raise Ended
    return content
