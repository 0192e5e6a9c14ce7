"""Which part of a file a request asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """Bytes from ``start`` up to and without ``end``."""

    start: int
    end: int
    partial: bool = False

    @property
    def length(self) -> int:
        """How many."""
        return self.end - self.start


class NotSatisfiable(Exception):
    """The file has no such bytes. Answered with 416."""


def asked(header: str, *, size: int, if_range: str, etag: str) -> Part:
    """The part that is answered.

    The whole file for no range, several ranges (which a server may answer so), one that is not understood, and one of an earlier
    fingerprint (``If-Range``). Raises NotSatisfiable.
    """
    whole = Part(0, size)
    found = _ONE.fullmatch(header)
    if found is None or (if_range and if_range.strip() != etag):
        return whole
    first, last = found.groups()
    if not first and not last:
        return whole
    if not first:
        return _tail(int(last), size)
    start, end = int(first), int(last) + 1 if last else size
    if end <= start and last:
        return whole
    if start >= size:
        raise NotSatisfiable
    return Part(start, min(end, size), partial=True)


def _tail(length: int, size: int) -> Part:
    if length == 0 or size == 0:
        raise NotSatisfiable
    return Part(max(0, size - length), size, partial=True)
