"""What a file is by its first bytes, whatever it is called."""

from __future__ import annotations

import re
from typing import BinaryIO

from foundation.documents.inspection import limits, reading, texts

ZIP, COMPOUND, PROGRAM = "zip", "compound", "program"

# Content by what stands at the start of the file.
STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", COMPOUND),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"#!AMR", "amr"),
    (b"\x1a\x45\xdf\xa3", "matroska"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    # Not taken; named so that the sentence can say what the file is.
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"#!", PROGRAM),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", PROGRAM),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"MSCF", "cab"),
)
BRANDS = {
    b"heic": "heic", b"heix": "heic", b"mif1": "heic", b"msf1": "heic", b"heim": "heic", b"hevc": "heic",
    b"M4A ": "m4a", b"M4B ": "m4a", b"qt  ": "mov", b"3gp4": "3gp", b"3gp5": "3gp", b"3gp6": "3gp", b"3g2a": "3gp",
    b"avif": "avif",
}  # fmt: skip
RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
TAR_AT = 257
FREE_SYNC, LAYER_MASK, LAYER_THREE = 0xE0, 0x06, 0x02

# Signatures that make a second file of a first one when they stand near its start.
SECOND_START = re.compile(rb"%PDF-|<script|<html|<\?php|<svg", re.IGNORECASE)
SECOND_START_WITHIN = 1024


def recognised(reader: BinaryIO, size: int) -> str:
    """The name of a kind, ``zip`` or ``compound`` (which are looked into), the name of something that is not taken, or nothing."""
    head = reading.at(reader, 0, limits.HEAD)
    for start, content in STARTS:
        if head.startswith(start):
            return content
    return _boxed(head) or texts.recognised(reader, size, head)


def _boxed(head: bytes) -> str:
    """Kinds whose mark stands a little later."""
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], "mp4")
    if head[:4] == b"RIFF":
        return RIFF.get(head[8:12], "")
    if head[4:8] in {b"moov", b"mdat", b"wide"}:
        return "mov"
    if head[TAR_AT : TAR_AT + 5] == b"ustar":
        return "tar"
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "bmp"
    sync = len(head) > 1 and head[0] == 0xFF and head[1] & FREE_SYNC == FREE_SYNC  # noqa: PLR2004
    return "mp3" if sync and head[1] & LAYER_MASK == LAYER_THREE else ""


# Kinds of which the first kilobyte is words or parts of any kind.
CARRIES_STARTS = frozenset({"text", "mail", "xml", "svg", "html", "rtf", "pdf", ZIP, COMPOUND, "tar"})


def second_start(reader: BinaryIO, content: str) -> bool:
    """Whether another kind of file begins shortly after the start, as a PDF or a script in a picture may."""
    return (
        content not in CARRIES_STARTS and SECOND_START.search(reading.at(reader, 0, SECOND_START_WITHIN), 1) is not None
    )


def late_pdf(reader: BinaryIO, content: str) -> bool:
    """Whether text before ``%PDF-`` makes a PDF of what looks like text: readers search the first kilobyte for it."""
    return content in {"text", "mail", "html", ""} and b"%PDF-" in reading.at(reader, 0, SECOND_START_WITHIN)
