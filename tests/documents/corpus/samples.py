"""What a sample is, and the pieces that many are made of."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from foundation.documents.inspection.findings import Code


@dataclass(frozen=True)
class Sample:
    """A file: what it shows, its name, how it is built, what has to be found. ``apart``: too much for the test's own process."""

    shows: str
    name: str
    build: Callable[[], bytes]
    found: frozenset[Code] = frozenset()
    apart: bool = False

    def __str__(self) -> str:
        return self.shows


def sample(shows: str, name: str, build: Callable[[], bytes] | bytes, *found: Code, apart: bool = False) -> Sample:
    return Sample(shows, name, (lambda: build) if isinstance(build, bytes) else build, frozenset(found), apart)


def zipped(files: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name) if name == "mimetype" else name, data)
    return out.getvalue()


def deflated_zeros(megabytes: int, *, raw: bool) -> bytes:
    """A deflate stream of that many megabytes of zeros: one megabyte, fully flushed, over and over."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = pack.compress(bytes(1024 * 1024)) + pack.flush(zlib.Z_FULL_FLUSH)
    body = one * megabytes + b"\x03\x00"
    if raw:
        return body
    check = (megabytes * 1024 * 1024 % 65521) << 16 | 1
    return b"\x78\xda" + body + check.to_bytes(4, "big")
